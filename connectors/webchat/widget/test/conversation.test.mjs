import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inABrowser, someone, until, visit, world } from './chat.mjs';

inABrowser();

test('sends and receives, with page, campaign and delivery ticks', async () => {
  const { stub } = world;
  const chat = await visit(await someone(), { language: 'es' }, 'utm_campaign=navidad');
  await chat.open();
  await chat.write('Hola, ¿tienen talla 42?');
  await chat.sees('Hola, ¿tienen talla 42?');
  await chat.tick('Enviado').waitFor();

  const [sent] = stub.messages();
  assert.match(sent.clientId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(sent.language, 'es');
  assert.equal(sent.page.title, 'Zapatos de cuero');
  assert.match(sent.page.url, /\/zapatos\?utm_campaign=navidad/);
  assert.equal(sent.page.campaign, 'navidad');
  assert.equal(stub.sessions[0].language, 'es');
  assert.equal(stub.sessions[0].page.title, 'Zapatos de cuero');

  stub.state(`in-${sent.clientId}`, 'delivered');
  await chat.tick('Entregado').waitFor();
  stub.state(`in-${sent.clientId}`, 'read');
  await chat.tick('Leído').waitFor();
  stub.state(`in-${sent.clientId}`, 'delivered');

  const answer = stub.says('Sí, nos quedan dos pares.');
  await chat.sees('Hola, ¿tienen talla 42?', 'Sí, nos quedan dos pares.');
  await until(() => stub.stateOf(answer) === 'read');
  assert.equal(await chat.tick('Leído').count(), 1, 'a state never falls');
  assert.deepEqual(world.errors, []);
});

test('keeps the campaign of the landing page on the pages after it', async () => {
  const context = await someone();
  const chat = await visit(context, { language: 'en' }, 'utm_campaign=black-friday');
  await chat.launcher.waitFor();
  await chat.page.goto(world.stub.page({ language: 'en' }));
  await chat.open();
  await chat.write('Hello');
  await until(() => world.stub.messages().length === 1);
  assert.equal(world.stub.messages()[0].page.campaign, 'black-friday');
});

test('keeps the thread over a reload, as the same visitor', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  await chat.write('One');
  await chat.write('Two');
  await until(() => stub.messages().length === 2);
  stub.says('Three');
  await chat.sees('One', 'Two', 'Three');
  await chat.page.reload();
  await chat.sees('One', 'Two', 'Three');
  assert.equal(await chat.panel.isVisible(), true, 'stays open');
  await chat.write('Four');
  await chat.sees('One', 'Two', 'Three', 'Four');
  await until(() => stub.texts().length === 4);
  assert.equal(stub.visitors.length, 1);
  assert.deepEqual(stub.texts(), ['One', 'Two', 'Three', 'Four']);
});

test('does not remember visitors who never open the chat', async () => {
  const chat = await visit(await someone());
  await chat.launcher.waitFor();
  await until(() => world.stub.sessions.length === 1);
  assert.equal(await chat.page.evaluate(() => localStorage.length), 0);
  assert.equal(world.stub.streamsOpened, 0);
});

test('catches up after the stream was lost', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  await chat.write('One');
  await until(() => stub.streams.size === 1 && stub.messages().length === 1);
  stub.mode = 503;
  stub.dropStreams();
  stub.says('Two');
  await chat.banner.waitFor();
  stub.says('Three');
  stub.mode = 'up';
  await chat.sees('One', 'Two', 'Three');
  await chat.banner.waitFor({ state: 'hidden' });
  for (let i = 0; i < 3; i++) {
    await until(() => stub.streams.size === 1);
    stub.dropStreams();
  }
  await until(() => stub.streams.size === 1);
  stub.says('Four');
  await chat.sees('One', 'Two', 'Three', 'Four');
});

test('notices a connection that died silently', async () => {
  const { stub } = world;
  const context = await someone();
  const chat = await visit(context);
  await chat.page.clock.install();
  await chat.page.reload();
  await chat.page.clock.runFor(2000);
  await chat.open();
  await until(() => stub.streamsOpened === 1);
  stub.heartbeats = false;
  await new Promise((resolve) => setTimeout(resolve, 1200));
  await chat.page.clock.runFor(46_000);
  await until(async () => {
    await chat.page.clock.runFor(1000);
    return stub.streamsOpened >= 2;
  });
});

test('sends once when the server fails, the line breaks or the answer is lost', async () => {
  const { stub } = world;
  stub.streamsRefused = true;
  const chat = await visit(await someone());
  await chat.open();
  stub.faults = [503, 'break', 'lose', 429, 'lose'];
  await chat.write('Once');
  await until(() => stub.faults.length === 0 && stub.messages().length === 3);
  await chat.tick('Sent').waitFor();
  assert.deepEqual(stub.texts(), ['Once']);
  assert.equal(new Set(stub.messages().map((body) => body.clientId)).size, 1);
  stub.streamsRefused = false;
  stub.says('Got it');
  await chat.sees('Once', 'Got it');
  await chat.page.reload();
  await chat.sees('Once', 'Got it');
});

test('does not send again what comes back over the stream', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  await until(() => stub.streams.size === 1);
  stub.faults = ['lose', 503, 503];
  await chat.write('Once');
  await chat.tick('Sent').waitFor();
  await chat.sees('Once');
  assert.equal(stub.messages().length, 1);
});

test('keeps the order of what was written without a connection', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  await until(() => stub.streams.size === 1);
  stub.mode = 'unreachable';
  stub.dropStreams();
  for (const text of ['1', '2', '3', '4', '5']) await chat.write(text);
  await chat.sees('1', '2', '3', '4', '5');
  assert.equal(await chat.tick('Sending').count(), 5);
  stub.mode = 'up';
  await until(() => stub.texts().length === 5);
  assert.deepEqual(stub.texts(), ['1', '2', '3', '4', '5']);
  await chat.sees('1', '2', '3', '4', '5');
  await until(async () => (await chat.tick('Sending').count()) === 0);
});

test('loses nothing when the page is reloaded or closed before it is sent', async () => {
  const { stub } = world;
  const context = await someone();
  const chat = await visit(context);
  await chat.open();
  await until(() => stub.streams.size === 1);
  stub.mode = 503;
  await chat.write('Before the reload');
  await chat.page.reload();
  await chat.sees('Before the reload');
  await chat.write('Before the end');
  await chat.page.close();
  stub.mode = 'up';
  const later = await visit(context);
  await later.launcher.waitFor();
  await until(() => stub.texts().length === 2);
  assert.deepEqual(stub.texts(), ['Before the reload', 'Before the end']);
  assert.equal(stub.visitors.length, 1);
  await later.open();
  await later.sees('Before the reload', 'Before the end');
});

test('does not double what was taken just before the page was closed', async () => {
  const { stub } = world;
  const context = await someone();
  const chat = await visit(context);
  await chat.open();
  stub.faults = ['lose'];
  await chat.write('Taken');
  await until(() => stub.texts().length === 1);
  await chat.page.close();
  const later = await visit(context);
  await later.open();
  await later.sees('Taken');
  await later.tick('Sent').waitFor();
  assert.deepEqual(stub.texts(), ['Taken']);
});

test('shows the same in two tabs, each message once', async () => {
  const { stub } = world;
  const context = await someone();
  const first = await visit(context);
  await first.open();
  await first.write('From the first');
  await first.tick('Sent').waitFor();
  const second = await visit(context);
  await second.open();
  await second.sees('From the first');
  await second.write('From the second');
  await first.sees('From the first', 'From the second');
  await until(() => stub.texts().length === 2);
  stub.says('To both');
  await first.sees('From the first', 'From the second', 'To both');
  await second.sees('From the first', 'From the second', 'To both');
  assert.equal(stub.visitors.length, 1);

  stub.mode = 'unreachable';
  await first.write('Waiting in the first');
  await second.sees('From the first', 'From the second', 'To both', 'Waiting in the first');
  await second.write('Waiting in the second');
  stub.mode = 'up';
  const all = ['From the first', 'From the second', 'To both', 'Waiting in the first',
    'Waiting in the second'];
  await until(() => stub.texts().length === 5);
  await first.sees(...all);
  await second.sees(...all);
  assert.deepEqual(stub.texts(), all);
  assert.equal(stub.messages().length, 4, 'no tab sent what the other had sent');
});

test('makes one visitor of two tabs that open the chat at the same time', async () => {
  const { stub } = world;
  const context = await someone();
  const tabs = await Promise.all([visit(context), visit(context)]);
  await Promise.all(tabs.map((chat) => chat.open()));
  await tabs[0].write('Hello');
  await tabs[1].sees('Hello');
  await tabs[1].write('Again');
  await tabs[0].sees('Hello', 'Again');
  await until(() => stub.messages().length === 2);
  assert.equal(stub.writers.length, 1);
});

test('holds one connection for all hidden tabs', async () => {
  const { stub } = world;
  const context = await someone();
  await context.addInitScript(() => {
    window.hide = (hidden) => {
      Object.defineProperty(document, 'visibilityState',
        { configurable: true, get: () => (hidden ? 'hidden' : 'visible') });
      document.dispatchEvent(new Event('visibilitychange'));
    };
  });
  const tabs = [];
  for (let i = 0; i < 3; i++) {
    const chat = await visit(context);
    await chat.open();
    tabs.push(chat);
  }
  await tabs[0].write('Hello');
  await until(() => stub.streams.size === 3 && stub.messages().length === 1);
  for (const chat of tabs) await chat.page.evaluate(() => window.hide(true));
  await until(() => stub.streams.size === 1);
  stub.says('While hidden');
  for (const chat of tabs) await chat.page.evaluate(() => window.hide(false));
  await until(() => stub.streams.size === 3);
  for (const chat of tabs) await chat.sees('Hello', 'While hidden');
});

test('opens a new session when the token is no longer taken', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  await chat.write('As the old visitor');
  await chat.tick('Sent').waitFor();
  stub.expireTokens();
  stub.dropStreams();
  await chat.page.getByText('Your earlier conversation has expired.').waitFor();
  await chat.sees();
  await chat.write('As a new visitor');
  await chat.sees('As a new visitor');
  await chat.tick('Sent').waitFor();
  assert.equal(stub.writers.length, 2);
  assert.deepEqual(stub.texts(), ['As a new visitor']);
});

test('marks what the server refuses, with its sentence, to be edited or sent again', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  stub.faults = [413];
  await chat.write('Refused');
  await chat.page.getByText('It is too long or too large.').waitFor();
  await chat.write('Taken');
  await chat.tick('Sent').waitFor();
  assert.deepEqual(stub.texts(), ['Taken'], 'a refusal does not hold up what comes after it');

  await chat.page.reload();
  await chat.page.getByText('It is too long or too large.').waitFor();
  stub.faults = [400];
  await chat.button('Try again').click();
  await chat.page.getByText('It could not be read.').waitFor();
  await chat.button('Edit').click();
  assert.equal(await chat.field.inputValue(), 'Refused');
  await chat.field.fill('Shorter');
  await chat.field.press('Enter');
  await until(() => stub.texts().length === 2);
  await chat.sees('Taken', 'Shorter');
  assert.deepEqual(stub.texts(), ['Taken', 'Shorter']);
});

test('works without storage, for as long as the page lives', async () => {
  const { stub } = world;
  const context = await someone();
  await context.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    }
  });
  const chat = await visit(context);
  await chat.open();
  stub.faults = ['lose'];
  await chat.write('Hello');
  await until(() => stub.messages().length === 2);
  stub.says('Hi');
  await chat.sees('Hello', 'Hi');
  assert.deepEqual(world.errors, []);
});

test('says that the visitor is writing at most every four seconds', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  await chat.field.pressSequentially('not before the first message');
  assert.equal(stub.messages('typing').length, 0);
  await chat.field.press('Enter');
  await chat.tick('Sent').waitFor();
  const began = Date.now();
  await chat.field.pressSequentially('a few letters more');
  await until(() => stub.messages('typing').length > 0);
  await chat.field.pressSequentially(' and more');
  const most = 1 + Math.floor((Date.now() - began) / 4000);
  assert.ok(stub.messages('typing').length <= most, `more than ${most}`);
});

test('shows that the agent is writing until the answer comes', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  await chat.write('Hello');
  await chat.tick('Sent').waitFor();
  await until(async () => {
    stub.types();
    return chat.page.locator('hilo-webchat .typing').isVisible();
  });
  stub.says('Hi');
  await chat.sees('Hello', 'Hi');
  await chat.page.locator('hilo-webchat .typing').waitFor({ state: 'hidden' });
});
