// What visitors of the shop can do besides chatting: be known, take the chat with them by mail, go on by mail.

import assert from 'node:assert/strict';
import { Agent } from './agent.js';
import { lettersTo, MailCustomer } from './mail.js';
import { Operate } from './operate.js';
import { PhoneCustomer } from './phone.js';
import { Visitor } from './visitor.js';
import { until } from './wait.js';
import { RUN, story } from './world.js';

export function visitorStories() {
  story('signed-in', 'a customer who is signed in to the shop is no stranger to the agent, until signing out', async world => {
    const question = `Hola, ¿ya salió mi pedido ${RUN}?`;
    const visitor = await Visitor.visit(world);
    await visitor.signsIn('Ana Rojas');
    await world.picture(visitor.page, 'signed-in');
    await visitor.open();
    // Name and email are the shop's to say; nobody asks again.
    await visitor.widget.locator('input[name=phone]').waitFor();
    assert.equal(await visitor.widget.locator('input[name=name], input[name=email]').count(), 0);
    await visitor.introduce({});
    await visitor.write(question);
    await visitor.isSent();

    const agent = await Agent.logIn(world);
    await agent.openTask('Ana Rojas');
    const last = (await agent.thread()).at(-1);
    assert.deepEqual([ last.who, last.badge, last.text ], [ 'Ana Rojas', '', question ]);
    assert.deepEqual(await agent.aliases(), [ 'ID C-1001', 'ana.rojas@example.com' ], 'proven, both of them');
    await world.picture(agent.page, 'proven');
    await agent.claim();
    await agent.answers('Sí, Ana: salió esta mañana.', 'resolve');
    await visitor.sees(`> ${question}`, '< Sí, Ana: salió esta mañana.');

    // Who signs out leaves nothing for the next at this browser, and is nobody the shop vouches for.
    await visitor.signsOut();
    const guest = `Gael Ruiz ${RUN}`;
    await visitor.open();
    await visitor.introduce({ name: guest });
    await visitor.sees();
    await world.picture(visitor.page, 'signed-out');
    await visitor.write('Hola, soy otra persona.');
    await visitor.isSent();
    await agent.openTask(guest);
    assert.deepEqual(await agent.lines(), [ 'Webchat > Hola, soy otra persona.' ]);
    assert.deepEqual(await agent.aliases(), []);
    await agent.claim();
    await agent.answers('Hola. ¿En qué te ayudo?', 'resolve');
    await visitor.sees('> Hola, soy otra persona.', '< Hola. ¿En qué te ayudo?');
  });

  story('transcript', 'a visitor gets a copy of the chat by mail, and nothing of any other channel', async world => {
    const name = `Teo Lara ${RUN}`;
    const email = `teo${RUN}@example.com`;
    const number = `+57304${RUN}05`;
    const visitor = await Visitor.visit(world);
    await visitor.open();
    await visitor.introduce({ name, phone: number, email });
    await visitor.write('Hola, ¿la hamaca Mompox aguanta dos personas?');
    await visitor.isSent();
    const agent = await Agent.logIn(world);
    const first = await agent.openTask(name);

    const phone = await PhoneCustomer.open(world, number, name);
    await phone.write('Esto lo escribí por WhatsApp.');
    await until('both channels in the task', async () => (await agent.thread()).length === 2 || (await agent.reload(), false));
    await agent.claim();
    await agent.choose(agent.replyOn, 'Webchat');
    await agent.answers('Sí, hasta 180 kilos.');
    await visitor.sees('> Hola, ¿la hamaca Mompox aguanta dos personas?', '< Sí, hasta 180 kilos.');
    await visitor.asksForTranscript(email);
    await world.picture(visitor.page, 'asked');

    const customer = await MailCustomer.open(world, email, name);
    const mail = await customer.reads('Tu conversación con Tienda Aurora', /Sí, hasta 180 kilos\./);
    await world.picture(customer.page, 'transcript');
    assert.match(mail, /Pediste una copia de tu chat con Tienda Aurora\. Aquí está\./);
    assert.match(mail, /\] Tú: Hola, ¿la hamaca Mompox aguanta dos personas\?\s+\[.+\] Tienda Aurora: Sí, hasta 180 kilos\./);
    assert.doesNotMatch(mail, /WhatsApp/);
    assert.equal((await lettersTo(email)).length, 1, 'one letter');

    await visitor.goesBackToTheChat();
    await visitor.write('Gracias, me llegó.');
    await agent.comesBack(name, first);
    await agent.choose(agent.replyOn, 'Webchat');
    await agent.answers('¡Feliz día!', 'resolve');
    await visitor.sees('> Hola, ¿la hamaca Mompox aguanta dos personas?', '< Sí, hasta 180 kilos.', '> Gracias, me llegó.',
      '< ¡Feliz día!');
    const operate = new Operate(agent.page.request);
    await operate.isCompleted((await operate.conversationOf(first)).key);
  });

  story('left', 'a visitor who left gets the answer by mail, and goes on by mail in the same conversation', async world => {
    const name = `Rita Solano ${RUN}`;
    const email = `rita${RUN}@example.com`;
    const visitor = await Visitor.visit(world);
    await visitor.open();
    await visitor.introduce({ name, email });
    await visitor.write('Hola, ¿hacen envíos a Leticia?');
    await visitor.isSent();
    const agent = await Agent.logIn(world);
    const first = await agent.openTask(name);
    await agent.claim();
    await visitor.leaves();
    await agent.answers('Sí, en avión: ocho días hábiles.');

    const customer = await MailCustomer.open(world, email, name);
    const mail = await customer.reads('Respuesta de Tienda Aurora', /ocho días hábiles/);
    await world.picture(customer.page, 'letter');
    assert.match(mail, /Tienda Aurora te respondió en el chat mientras no estabas:/);
    assert.match(mail, /Sigue en el chat: http\S+\/shop#hilo-chat/);
    await customer.answers('Perfecto, entonces lo pido.');

    const operate = new Operate(agent.page.request);
    const conversation = await operate.conversationOf(first);
    const second = await agent.comesBack(name, first);
    assert.equal(second.processInstanceKey, first.processInstanceKey, 'the same place in the same conversation');
    const thread = await agent.thread();
    assert.deepEqual(thread.map(one => [ one.channel, one.dir ]),
      [ [ 'Webchat', 'in' ], [ 'Webchat', 'out' ], [ 'Email', 'out' ], [ 'Email', 'in' ] ]);
    assert.match(thread[3].text, /Perfecto, entonces lo pido\.$/, 'what was quoted is not shown again');
    await world.picture(agent.page, 'came-by-mail');
    await agent.answers('Listo, Rita. Gracias por tu compra.', 'resolve');
    await customer.reads('Re: Respuesta de Tienda Aurora', /Gracias por tu compra/);
    await operate.isCompleted(conversation.key);
    assert.equal((await operate.conversationsOfSameCustomer(conversation)).length, 1, 'one conversation');
    assert.equal((await lettersTo(email)).filter(one => one.subject === 'Respuesta de Tienda Aurora').length, 1, 'once');
  });
}
