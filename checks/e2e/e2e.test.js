// The main job, in a real browser on the real platform: a customer writes, an agent answers from Tasklist.
//
//   npm run e2e                      starts everything through ./run on free ports, and stops it
//   HILO_E2E_ATTACH=1 npm run e2e    uses what ./run has started already (ports by the usual variables)
//
// Pictures of every step are in target/e2e.

import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Agent } from './agent.js';
import { channelStories } from './channels.js';
import { Operate } from './operate.js';
import { afterTheWindow, isKnownToBeRead, moveProvidersClock, PhoneCustomer } from './phone.js';
import { startStack } from './stack.js';
import { Visitor } from './visitor.js';
import { visitorStories } from './visitors.js';
import { stays, until } from './wait.js';
import { closeBrowser, HANDSET, openBrowser, RUN, story } from './world.js';

/** Outside the reply window, in the agent's language. */
const SENTENCE = /too long ago for a free answer|demasiado tiempo|hace demasiado/;

describe('Hilo in the browser', () => {
  let stop;
  const began = new Date();

  before(async () => {
    stop = await startStack();
    await openBrowser();
  }, { timeout: 20 * 60_000 });

  after(async () => {
    await closeBrowser();
    await stop?.();
  }, { timeout: 3 * 60_000 });

  story('webchat', 'a visitor and an agent talk in the webchat until it is resolved', async world => {
    const name = `Ana Rojas ${RUN}`;
    const visitor = await Visitor.visit(world);
    await visitor.open();
    await world.picture(visitor.page, 'questions');
    await visitor.introduce({ name });
    await world.picture(visitor.page, 'empty');
    await visitor.write('Hola, ¿la lámpara Luna llega a Cali antes del viernes?');
    await visitor.isSent();

    const agent = await Agent.logIn(world);
    const first = await agent.openTask(name);
    assert.equal(first.assignee, null);
    assert.deepEqual(await agent.lines(), [ 'Webchat > Hola, ¿la lámpara Luna llega a Cali antes del viernes?' ]);
    assert.equal((await agent.thread())[0].who, name);
    await world.picture(agent.page, 'task');
    await agent.claim();
    await world.picture(agent.page, 'claimed');
    await agent.answers('Hola, Ana. Sí: si la pides hoy, llega el jueves.');
    await world.picture(agent.page, 'completed');

    await visitor.sees('> Hola, ¿la lámpara Luna llega a Cali antes del viernes?',
      '< Hola, Ana. Sí: si la pides hoy, llega el jueves.');
    await world.picture(visitor.page, 'answered');

    const operate = new Operate(agent.page.request);
    const conversation = await operate.conversationOf(first);
    await operate.standsAt(conversation.key, 'Task_AttendCustomer');
    await operate.standsAt(first.processInstanceKey, 'Gateway_WhatHappensFirst');
    const supervisor = await agent.page.context().newPage();
    world.windows.push({ who: 'supervisor', context: agent.page.context(), page: supervisor });
    await operate.show(supervisor, first.processInstanceKey);
    await world.picture(supervisor, 'waiting');
    await operate.show(supervisor, conversation.key);
    await world.picture(supervisor, 'conversation');
    await supervisor.close();

    await visitor.hasConfirmed(1);
    await visitor.write('¡Qué bien! ¿Y puedo pagar contra entrega?');
    const second = await agent.comesBack(name, first);
    const thread = await agent.thread();
    assert.deepEqual(thread.map(one => [ one.dir, one.who, one.text, one.state ]), [
      [ 'in', name, 'Hola, ¿la lámpara Luna llega a Cali antes del viernes?', '' ],
      [ 'out', 'demo', 'Hola, Ana. Sí: si la pides hoy, llega el jueves.', '✓✓ read' ],
      [ 'in', name, '¡Qué bien! ¿Y puedo pagar contra entrega?', '' ]
    ]);
    await world.picture(agent.page, 'came-back');
    await agent.answers('Claro que sí, en efectivo o con tarjeta.');
    await visitor.notice('Claro que sí, en efectivo o con tarjeta.').waitFor();

    await visitor.write('Perfecto, gracias.');
    const third = await agent.comesBack(name, second);
    await agent.answers('A ti, Ana. ¡Feliz día!', 'resolve');
    await visitor.sees('> Hola, ¿la lámpara Luna llega a Cali antes del viernes?',
      '< Hola, Ana. Sí: si la pides hoy, llega el jueves.',
      '> ¡Qué bien! ¿Y puedo pagar contra entrega?', '< Claro que sí, en efectivo o con tarjeta.',
      '> Perfecto, gracias.', '< A ti, Ana. ¡Feliz día!');
    await world.picture(visitor.page, 'resolved');
    await operate.isCompleted(conversation.key);

    await visitor.write('Hola otra vez, se me olvidó algo.');
    const fourth = await agent.openTask(name, third);
    assert.equal(fourth.assignee, null, 'a new conversation is for anybody of the queue');
    const next = await operate.conversationOf(fourth);
    assert.notEqual(next.key, conversation.key);
    assert.equal((await agent.thread()).length, 7, 'the agent sees what was said before');
    await agent.claim();
    await agent.answers('Cuéntame.', 'resolve');
    await operate.isCompleted(next.key);
    assert.equal((await operate.conversationsOfSameCustomer(next)).length, 2);
  });

  story('whatsapp', 'a customer on the phone and an agent talk on WhatsApp, with ticks on both sides', async world => {
    const name = `Bruno Díaz ${RUN}`;
    const number = `+57301${RUN}01`;
    const phone = await PhoneCustomer.open(world, number, name);
    await phone.write('Buenas, mi pedido llegó incompleto.');
    const agent = await Agent.logIn(world);
    const first = await agent.openTask(name);
    await phone.hasTicks('delivered');
    assert.deepEqual(await agent.lines(), [ 'WhatsApp > Buenas, mi pedido llegó incompleto.' ]);
    await agent.claim();
    await world.picture(agent.page, 'claimed');
    await agent.answers('Lo siento, Bruno. ¿Qué pieza falta?');
    await phone.sees('> Buenas, mi pedido llegó incompleto.', '< Lo siento, Bruno. ¿Qué pieza falta?');
    await world.picture(phone.page, 'answered');
    await isKnownToBeRead(number, 'Lo siento, Bruno. ¿Qué pieza falta?');

    await phone.write('Falta la pantalla.');
    const second = await agent.comesBack(name, first);
    const [ , answer ] = await agent.thread();
    assert.equal(answer.who, 'demo');
    assert.match(answer.state, /^✓✓ (read|leído)$/);
    await world.picture(agent.page, 'came-back');
    await agent.answers('Te la enviamos hoy mismo, sin costo.', 'resolve');
    await phone.sees('> Buenas, mi pedido llegó incompleto.', '< Lo siento, Bruno. ¿Qué pieza falta?',
      '> Falta la pantalla.', '< Te la enviamos hoy mismo, sin costo.');
    await world.picture(phone.page, 'resolved');
    const operate = new Operate(agent.page.request);
    await operate.isCompleted((await operate.conversationOf(second)).key);
  });

  story('one-customer', 'webchat and WhatsApp of one customer are one conversation, and a claim shows nothing', async world => {
    const name = `Lucía Ríos ${RUN}`;
    const number = `+57302${RUN}02`;
    const visitor = await Visitor.visit(world, { viewport: HANDSET });
    await visitor.open();
    await visitor.introduce({ name, phone: number });
    await visitor.write('Hola, quiero devolver una mochila.');
    const agent = await Agent.logIn(world);
    const first = await agent.openTask(name);
    assert.deepEqual(await agent.aliases(), [ `+57 302 ${RUN}02 not proven` ]);
    await world.picture(agent.page, 'claimed-number');

    const phone = await PhoneCustomer.open(world, number, name);
    await phone.write('Soy Lucía, la de la mochila. Les escribo por aquí.');
    const operate = new Operate(agent.page.request);
    const conversation = await operate.conversationOf(first);
    // The open form does not change; opened again, it shows the same task with the news.
    await until('the WhatsApp message in the task', async () => {
      await agent.reload();
      return (await agent.thread()).length === 2;
    });
    assert.equal((await agent.tasksOf(name)).length, 1);
    const active = (await operate.conversationsOfSameCustomer(conversation)).filter(one => one.state === 'ACTIVE');
    assert.deepEqual(active.map(one => one.key), [ conversation.key ], 'one conversation');
    assert.deepEqual((await agent.thread()).map(one => [ one.channel, one.badge, one.text ]), [
      [ 'Webchat', 'not proven', 'Hola, quiero devolver una mochila.' ],
      [ 'WhatsApp', '', 'Soy Lucía, la de la mochila. Les escribo por aquí.' ]
    ]);
    await agent.claim();
    await world.picture(agent.page, 'one-thread');

    const onlyWebchat = [ '> Hola, quiero devolver una mochila.' ];
    const widgetShowsOnlyItsOwn = async () => JSON.stringify(await visitor.bubbles()) === JSON.stringify(onlyWebchat);
    await stays('the widget shows nothing of WhatsApp', widgetShowsOnlyItsOwn, async () => {
      await agent.choose(agent.replyOn, 'WhatsApp');
      await agent.answers('Hola, Lucía. ¿Cuál es el número del pedido?');
      await phone.sees('> Soy Lucía, la de la mochila. Les escribo por aquí.',
        '< Hola, Lucía. ¿Cuál es el número del pedido?');
      await phone.write('Es el 4815.');
      const back = await agent.comesBack(name, first);
      assert.equal(back.processInstanceKey, first.processInstanceKey);
    });
    await world.picture(phone.page, 'whatsapp-only');
    await visitor.reload();
    await visitor.sees(...onlyWebchat);
    await world.picture(visitor.page, 'webchat-only');

    const atPhone = await phone.bubbles();
    const second = agent.task;
    await agent.choose(agent.replyOn, 'Webchat');
    await world.picture(agent.page, 'reply-on');
    await agent.answers('Te respondo aquí: la recogemos mañana.');
    onlyWebchat.push('< Te respondo aquí: la recogemos mañana.');
    await visitor.sees(...onlyWebchat);
    assert.deepEqual(await phone.bubbles(), atPhone, 'the phone got nothing of it');

    await visitor.widget.getByRole('button', { name: 'Continuar en WhatsApp' }).click();
    const code = visitor.widget.locator('.code');
    await code.waitFor();
    await world.picture(visitor.page, 'code');
    const oneTime = await code.textContent();
    assert.match(oneTime, /^HILO-[0-9A-Z]{8}$/);
    const link = await visitor.widget.getByRole('link', { name: 'Abrir WhatsApp' }).getAttribute('href');
    await phone.page.goto(link);
    await phone.page.getByTestId('phone-input').waitFor();
    await until('the code to be ready to send', async () =>
      (await phone.page.getByTestId('phone-input').inputValue()).includes(oneTime));
    await world.picture(phone.page, 'code');
    await phone.send();
    await visitor.widget.locator('.sheet').getByText('Confirmado: ya puedes continuar en WhatsApp.').waitFor();
    await world.picture(visitor.page, 'proven');
    await visitor.widget.getByRole('button', { name: 'Volver al chat' }).click();
    await visitor.write('Listo, ya confirmé.');
    await agent.comesBack(name, second);
    await until('the last message in the task', async () =>
      (await agent.thread()).some(one => one.text === 'Listo, ya confirmé.') || (await agent.reload(), false));
    assert.deepEqual((await agent.thread()).filter(one => one.badge), [], 'no badge any more');
    assert.deepEqual(await agent.aliases(), [ `+57 302 ${RUN}02` ]);
    await world.picture(agent.page, 'proven');
    await agent.answers('¡Gracias, Lucía! Queda resuelto.', 'resolve');
    await operate.isCompleted(conversation.key);
  });

  story('collision', 'an answer is held back when the customer wrote meanwhile, and the draft is kept', async world => {
    const name = `Carla Peña ${RUN}`;
    const visitor = await Visitor.visit(world);
    await visitor.open();
    await visitor.introduce({ name });
    await visitor.write('¿Tienen la ruana en talla M?');
    const agent = await Agent.logIn(world);
    const first = await agent.openTask(name);
    await agent.claim();
    await agent.types('Sí, en talla M hay dos.');
    await visitor.write('Perdón, quería decir talla L.');
    await visitor.isSent();
    await world.picture(agent.page, 'typed');
    await agent.completes('wait');

    const second = await agent.comesBack(name, first);
    await agent.notice.waitFor();
    assert.equal(await agent.notice.textContent(),
      'The customer wrote while you were answering. Nothing was sent; your draft is below. Read the new messages and send it again.');
    assert.equal(await agent.answer.inputValue(), 'Sí, en talla M hay dos.');
    assert.deepEqual(await agent.lines(), [ 'Webchat > ¿Tienen la ruana en talla M?', 'Webchat > Perdón, quería decir talla L.' ]);
    await world.picture(agent.page, 'held-back');
    const before = [ '> ¿Tienen la ruana en talla M?', '> Perdón, quería decir talla L.' ];
    assert.deepEqual(await visitor.bubbles(), before, 'nothing was sent');
    await agent.answers('En talla L queda una.', 'resolve');
    await visitor.sees(...before, '< En talla L queda una.');
    await world.picture(visitor.page, 'sent-once');
  });

  for (const [ mode, where ] of [ [ 'error', 'at once' ], [ 'status', 'after it was accepted' ] ]) {
    story(`window-${mode}`, `an answer that WhatsApp refuses ${where} comes back as a sentence with the templates`, async world => {
      const name = `Diego Mora ${mode} ${RUN}`;
      const phone = await PhoneCustomer.open(world, `+57303${RUN}${mode === 'error' ? '03' : '04'}`, name);
      await phone.write('¿Cuándo llega mi hamaca?');
      const agent = await Agent.logIn(world);
      const first = await agent.openTask(name);
      await agent.claim();
      try {
        await afterTheWindow(mode);
        await moveProvidersClock('PT25H');
        await agent.answers('Llega el martes, Diego.');
        const second = await agent.comesBack(name, first);
        if (mode === 'status') {
          await agent.showsWhen('what was refused', thread => thread.some(one => one.dir === 'note'));
        }
        const sentence = mode === 'error'
          ? await agent.notice.textContent()
          : (await agent.thread()).findLast(one => one.dir === 'note').text;
        assert.match(sentence, SENTENCE);
        await world.picture(agent.page, 'refused');
        if (mode === 'error') {
          assert.equal(await agent.answer.inputValue(), 'Llega el martes, Diego.', 'the draft is kept');
        }
        await agent.template.waitFor();
        await agent.choose(agent.template, 'follow_up (es)');
        await world.picture(agent.page, 'template');
        await agent.completes('wait');
        await phone.sees('> ¿Cuándo llega mi hamaca?', `< Hola ${name}, seguimos con tu caso. ¿Podemos continuar?`);
        await world.picture(phone.page, 'template');
      } finally {
        await moveProvidersClock('PT0S');
        await afterTheWindow('status');
      }
      const operate = new Operate(agent.page.request);
      const conversation = await operate.conversationOf(first);
      assert.equal(conversation.incident, false);
    });
  }

  story('offline', 'a widget that loses its connection, and is reloaded, loses and doubles nothing', async world => {
    const name = `Elisa Vega ${RUN}`;
    const visitor = await Visitor.visit(world);
    // The browser says in its console that the requests failed.
    world.allow(/visitor: Failed to load resource: net::ERR_(INTERNET_DISCONNECTED|FAILED)/);
    await visitor.open();
    await visitor.introduce({ name });
    await visitor.write('Uno');
    const agent = await Agent.logIn(world);
    const first = await agent.openTask(name);
    await agent.claim();

    // What is written without a connection waits. (Chromium's offline mode leaves an open stream alone.)
    const context = visitor.page.context();
    await context.setOffline(true);
    await visitor.write('Dos');
    await visitor.write('Tres');
    await visitor.widget.locator('.tick.pending').first().waitFor();
    await visitor.sees('> Uno', '> Dos', '> Tres');
    await world.picture(visitor.page, 'offline');
    await context.setOffline(false);
    await visitor.isSent();
    await visitor.sees('> Uno', '> Dos', '> Tres');

    // Hilo cannot be reached, the shop can: the page is loaded again, the visitor writes, the agent answers.
    await context.route('**/visitors/**', route => route.abort());
    await visitor.reload();
    await visitor.notice('Sin conexión. Guardamos tus mensajes y los enviaremos.').waitFor();
    await visitor.write('Cuatro');
    await visitor.widget.locator('.tick.pending').waitFor();
    await until('all that was sent in the task', async () =>
      (await agent.lines()).length === 3 || (await agent.reload(), false));
    assert.deepEqual(await agent.lines(), [ 'Webchat > Uno', 'Webchat > Dos', 'Webchat > Tres' ]);
    await agent.isMine();
    await agent.answers('Hola, Elisa. Ya los leí todos.');
    // The browser keeps what is not sent; the rest of the thread comes from Hilo.
    await visitor.reload();
    await visitor.sees('> Cuatro');
    await world.picture(visitor.page, 'hilo-gone');

    await context.unroute('**/visitors/**');
    await visitor.isSent();
    const everything = [ '> Uno', '> Dos', '> Tres', '< Hola, Elisa. Ya los leí todos.', '> Cuatro' ];
    await visitor.seesInAnyOrder(...everything);
    await visitor.reload();
    await visitor.seesInAnyOrder(...everything);
    await world.picture(visitor.page, 'back');

    await agent.comesBack(name, first);
    assert.deepEqual((await agent.lines()).toSorted(), [ 'Webchat < Hola, Elisa. Ya los leí todos.', 'Webchat > Cuatro',
      'Webchat > Dos', 'Webchat > Tres', 'Webchat > Uno' ]);
    await world.picture(agent.page, 'all-there');
    await agent.answers('Todo llegó.', 'resolve');
    await visitor.seesInAnyOrder(...everything, '< Todo llegó.');
  });

  channelStories();
  visitorStories();

  story('incidents', 'nothing of all this was an incident', async world => {
    const agent = await Agent.logIn(world);
    const operate = new Operate(agent.page.request);
    assert.deepEqual((await operate.incidentsSince(began)).map(one => one.message), []);
  });
});
