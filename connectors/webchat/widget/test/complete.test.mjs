// What visitors can do besides writing: questions, identity, files, answers to tap, mail, absence.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { inABrowser, someone, until, visit, world } from './chat.mjs';
import { PICTURE } from './stub.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SMALL = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true,
  deviceScaleFactor: 2 };
const FILES = { maxBytes: 1_000_000, most: 3,
  types: ['image/png', 'application/pdf', 'text/plain', 'text/csv'] };
const photo = { name: 'spot.png', mimeType: 'image/png', buffer: PICTURE };
const bill = { name: 'bill.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 x') };

inABrowser();

async function choose(chat, ...files) {
  const [chooser] = await Promise.all([chat.page.waitForEvent('filechooser'),
    chat.button('Attach files').click()]);
  await chooser.setFiles(files);
}

const widget = (chat) => chat.page.locator('hilo-webchat');
const ready = (chat, name) => until(async () =>
  (await chat.page.locator('hilo-webchat .tray progress').count()) === 0
  && (await chat.page.locator('hilo-webchat .tray .name').allTextContents()).includes(name));

/* ----- questions before the chat ----- */

test('asks what the settings say, checks it in words and sends it with the first message', async () => {
  const { stub } = world;
  stub.settings.prechat = [
    { name: 'email', type: 'email', required: true },
    { name: 'order', type: 'text', required: true, label: 'Order number', pattern: '[A-Z]-\\d+',
      message: 'For example A-1234.' },
    { name: 'reason', type: 'select', required: true, label: 'Reason',
      options: [{ value: 'swap', label: 'Exchange' }, { value: 'delay', label: 'Delay' }] },
    { name: 'terms', type: 'checkbox', required: true, label: 'I accept the terms' }];
  const chat = await visit(await someone());
  await chat.open();
  await chat.page.getByLabel('Email').fill('ana@example.com');
  await chat.page.getByLabel('Order number').fill('1234');
  await chat.button('Start chat').click();
  await chat.page.getByText('For example A-1234.').waitFor();
  await chat.page.getByText('Please fill this in.').waitFor();
  await chat.page.getByText('Please tick this box to go on.').waitFor();
  assert.equal(await chat.page.getByLabel('Order number').getAttribute('aria-invalid'), 'true');
  await chat.page.getByLabel('Order number').fill('A-1234');
  await chat.page.getByLabel('Reason').selectOption('delay');
  await chat.page.getByLabel('I accept the terms').check();
  await chat.button('Start chat').click();
  await chat.write('Hello');
  await chat.tick('Sent').waitFor();
  await chat.write('Again');
  await until(() => stub.messages().length === 2);
  assert.deepEqual(stub.messages()[0].profile, { email: 'ana@example.com' });
  assert.deepEqual(stub.messages()[0].fields, { order: 'A-1234', reason: 'delay', terms: true });
  assert.equal(stub.messages()[1].fields, undefined, 'once is enough');
});

/* ----- who the visitor is ----- */

test('takes an identity from its attributes and uses it once', async () => {
  const { stub } = world;
  const context = await someone();
  const chat = await visit(context, { language: 'en', 'data-identity': 'good:4711' });
  await chat.open();
  await chat.write('Hello');
  await chat.tick('Sent').waitFor();
  assert.equal(stub.identityOf(), '4711');
  assert.deepEqual(stub.sessions[0].identity, { token: 'good:4711' });
  await chat.page.reload();
  await chat.sees('Hello');
  assert.equal(stub.visitors.length, 1);
});

test('takes an identity by hash, and by call', async () => {
  const { stub } = world;
  const chat = await visit(await someone(), { language: 'en', 'data-identity-id': '4711',
    'data-identity-expires': '1999999999', 'data-identity-hash': 'good:4711' });
  await chat.launcher.waitFor();
  assert.deepEqual(stub.sessions[0].identity,
    { id: '4711', expires: 1999999999, hash: 'good:4711' });
  const other = await visit(await someone());
  await other.open();
  await other.write('As a guest');
  await other.tick('Sent').waitFor();
  await widget(other).evaluate((node) => node.identify({ token: 'good:4712' }));
  await other.sees('As a guest');
  assert.equal(stub.identityOf(), '4712');
});

test('shows nothing of the one before when somebody else logs in, or after a reset', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  await widget(chat).evaluate((node) => node.identify({ token: 'good:ana' }));
  await chat.write('Ana was here');
  await chat.tick('Sent').waitFor();
  await widget(chat).evaluate((node) => node.identify({ token: 'good:eva' }));
  await chat.sees();
  await chat.write('Eva was here');
  await chat.tick('Sent').waitFor();
  assert.deepEqual(stub.texts(stub.visitors[0]), ['Ana was here']);
  assert.deepEqual(stub.texts(stub.visitors[1]), ['Eva was here']);

  await widget(chat).evaluate((node) => node.reset());
  await until(async () => !(await chat.panel.isVisible()));
  assert.deepEqual(await chat.page.evaluate(() => Object.keys(localStorage)), []);
  await chat.open();
  await chat.sees();
  await chat.write('A guest');
  await chat.tick('Sent').waitFor();
  assert.equal(stub.identityOf(), undefined);
});

test('tells the page when an identity is refused, and goes on with nobody else\'s thread', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  const refused = await widget(chat).evaluate(async (node) => {
    const told = new Promise((resolve) => {
      node.addEventListener('hilo-identity-refused', (event) => resolve(event.detail.code));
    });
    const failed = await node.identify({ token: 'forged' }).then(() => 'taken', () => 'failed');
    return [failed, await told];
  });
  assert.deepEqual(refused, ['failed', 'bad_signature']);
  await widget(chat).evaluate((node) => node.identify({ token: 'good:ana' }));
  await chat.write('Ana was here');
  await chat.tick('Sent').waitFor();
  await widget(chat).evaluate((node) => node.identify({ token: 'expired' }).catch(() => {}));
  await until(async () => !(await chat.panel.isVisible()));
  await chat.open();
  await chat.sees();
  assert.equal(stub.writers.length, 1);
});

test('is not there for guests when only verified visitors may write', async () => {
  const { stub } = world;
  stub.verifiedOnly = true;
  const chat = await visit(await someone());
  await chat.hasGivenUp();
  assert.equal(await chat.launcher.isVisible(), false);
  await widget(chat).evaluate((node) => node.identify({ token: 'good:ana' }));
  await chat.open();
  await chat.write('Hello');
  await chat.tick('Sent').waitFor();
});

test('asks no more what the page\'s server has said meanwhile', async () => {
  const { stub } = world;
  stub.settings.prechat = [{ name: 'name', type: 'name', required: true },
    { name: 'phone', type: 'phone', required: false }];
  stub.answered = ['name'];
  const chat = await visit(await someone());
  await chat.open();
  await chat.page.getByLabel('Name').waitFor();
  await widget(chat).evaluate((node) => node.identify({ token: 'good:ana' }));
  await chat.page.getByLabel('Name').waitFor({ state: 'detached' });
  await chat.page.getByLabel('Phone').waitFor();
  await widget(chat).evaluate((node) => node.reset());
  await chat.open();
  await chat.page.getByLabel('Name').waitFor();
});

test('says who the visitor is although another tab has just renewed the session', async () => {
  const { stub } = world;
  const context = await someone();
  const other = await visit(context);
  await other.open();
  await other.write('As a guest');
  await other.tick('Sent').waitFor();
  const chat = await visit(context);
  await chat.open();
  await chat.sees('As a guest');
  const waiting = () => chat.page.evaluate(async () => (await navigator.locks.query()).pending.length);
  await chat.page.evaluate(async () => {
    const name = Object.keys(localStorage).find((key) => key.endsWith(':session'));
    await new Promise((held) => {
      navigator.locks.request(name, () => new Promise((free) => {
        window.free = free;
        held();
      }));
    });
  });
  await other.page.reload();
  await until(async () => (await waiting()) === 1);
  const identified = widget(chat).evaluate((node) => node.identify({ token: 'good:ana' }));
  await until(async () => (await waiting()) === 2);
  await chat.page.evaluate(() => window.free());
  await identified;
  assert.equal(stub.identityOf(stub.writers[0]), 'ana');
});

/* ----- files ----- */

test('sends files with a text, and shows what came with links to them', async () => {
  const { stub } = world;
  stub.settings.files = FILES;
  const chat = await visit(await someone());
  await chat.open();
  await choose(chat, photo, bill);
  await ready(chat, 'spot.png');
  await ready(chat, 'bill.pdf');
  await chat.write('It came like this');
  await chat.tick('Sent').waitFor();
  const [sent] = stub.messages();
  assert.equal(sent.text, 'It came like this');
  assert.deepEqual(sent.files.map(({ name, type, size }) => [name, type, size]), [
    ['spot.png', 'image/png', PICTURE.length], ['bill.pdf', 'application/pdf', 10]]);
  assert.deepEqual(sent.files.map(({ id }) => stub.uploads.get(id).name), ['spot.png', 'bill.pdf']);
  assert.equal(await chat.page.locator('hilo-webchat .tray').isVisible(), false);
  await chat.page.locator('hilo-webchat .visitor canvas').waitFor();

  stub.shows([{ name: 'label.png', type: 'image/png', size: 12345 },
    { name: 'guide.pdf', type: 'application/pdf', size: 2_345_678 }], 'Here you are');
  const links = chat.page.locator('hilo-webchat .agent a.file');
  await until(async () => (await links.count()) === 2);
  assert.deepEqual(await links.evaluateAll((nodes) => nodes.map((node) =>
    [new URL(node.href).pathname, node.target, node.rel])), [
    ['/media/label.png', '_blank', 'noopener noreferrer nofollow'],
    ['/media/guide.pdf', '_blank', 'noopener noreferrer nofollow']]);
  await chat.page.locator('hilo-webchat .agent .pictured canvas').waitFor();
  await chat.page.getByText('2.2 MB').waitFor();
  assert.equal(await chat.page.locator('hilo-webchat :is(iframe, embed, object, video, img)').count(), 0);
});

test('sends files without a text', async () => {
  const { stub } = world;
  stub.settings.files = FILES;
  const chat = await visit(await someone());
  await chat.open();
  await choose(chat, bill);
  await ready(chat, 'bill.pdf');
  await chat.button('Send').click();
  await chat.tick('Sent').waitFor();
  assert.equal(stub.messages()[0].text, '');
  await chat.page.reload();
  await chat.page.locator('hilo-webchat .visitor a.file').waitFor();
});

test('takes files that are dropped or pasted', async () => {
  const { stub } = world;
  stub.settings.files = FILES;
  const chat = await visit(await someone());
  await chat.open();
  const give = (type) => chat.page.evaluate(([name, bytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(bytes)], `${name}.png`, { type: 'image/png' }));
    const root = document.querySelector('hilo-webchat').shadowRoot;
    if (name === 'paste') {
      root.querySelector('textarea').dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      return;
    }
    const log = root.querySelector('.scroll');
    for (const event of ['dragover', 'drop']) {
      log.dispatchEvent(new DragEvent(event, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  }, [type, [...PICTURE]]);
  await give('drop');
  await ready(chat, 'drop.png');
  await give('paste');
  await ready(chat, 'paste.png');
  await chat.button('Remove drop.png').click();
  await chat.button('Send').click();
  await until(() => stub.messages().length === 1);
  assert.deepEqual(stub.messages()[0].files.map((file) => file.name), ['paste.png']);
});

test('says in words what cannot be sent', async () => {
  const { stub } = world;
  stub.settings.files = FILES;
  const chat = await visit(await someone());
  await chat.open();
  const alert = chat.page.locator('hilo-webchat .composer [role=alert]');
  await choose(chat, { name: 'film.mp4', mimeType: 'video/mp4', buffer: PICTURE });
  await until(async () => /“film.mp4” is a kind of file/.test(await alert.textContent()));
  await choose(chat, { ...photo, name: 'huge.png', buffer: Buffer.alloc(1_000_001) });
  await until(async () => /“huge.png” is too large: at most/.test(await alert.textContent()));
  await choose(chat, bill, bill, bill, bill);
  await until(async () => /At most 3 files/.test(await alert.textContent()));
  await ready(chat, 'bill.pdf');
  for (let i = 0; i < 3; i++) await chat.button('Remove bill.pdf').first().click();
  stub.uploadFaults = [[415, 'wrong-content-type'], [413, 'too-large'],
    // A browser tries a broken connection again.
    ...Array(20).fill('break')];
  await choose(chat, photo);
  await until(async () => /“spot.png” is a kind of file/.test(await alert.textContent()));
  await choose(chat, photo);
  await until(async () => /“spot.png” is too large/.test(await alert.textContent()));
  await choose(chat, photo);
  await until(async () => /“spot.png” could not be uploaded/.test(await alert.textContent()));
  assert.equal(stub.messages().length, 0);
});

test('waits for a file that is on its way, and shows how far it is', async () => {
  const { stub } = world;
  stub.settings.files = FILES;
  stub.holdUploads();
  const chat = await visit(await someone());
  await chat.open();
  await choose(chat, bill);
  await chat.page.locator('hilo-webchat progress').waitFor();
  assert.match(await chat.page.locator('hilo-webchat progress').getAttribute('aria-label'),
    /^bill.pdf: \d+ % uploaded$/);
  await chat.write('Too early');
  assert.equal(stub.messages().length, 0);
  assert.equal(await chat.field.inputValue(), 'Too early');
  stub.letUploadsGo();
  await ready(chat, 'bill.pdf');
  await chat.field.press('Enter');
  await until(() => stub.messages().length === 1);
});

test('offers no files where the widget takes none', async () => {
  const chat = await visit(await someone());
  await chat.open();
  assert.equal(await chat.button('Attach files').count(), 0);
});

/* ----- answers to tap ----- */

test('sends a tapped answer once, and offers it no more', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  await chat.write('Hello');
  await chat.tick('Sent').waitFor();
  const question = stub.asks('Which size?', [{ payload: 'size-41', title: '41' },
    { payload: 'size-42', title: '42', description: 'in stock' }]);
  await chat.button('42 in stock').click();
  await chat.sees('Hello', 'Which size?', '42');
  assert.equal(await chat.button('41').count(), 0);
  await until(() => stub.messages('choice').length === 1);
  const [answer] = stub.messages('choice');
  assert.equal(answer.to, question);
  assert.equal(answer.payload, 'size-42');
  assert.equal(answer.title, '42');
  assert.equal(answer.clientId, `choice-${question}`);
  await chat.page.reload();
  await chat.sees('Hello', 'Which size?', '42');
  assert.equal(await chat.button('41').count(), 0);
  stub.asks('And the colour?', [{ payload: 'red', title: 'Red' }]);
  await chat.button('Red').waitFor();
  await chat.write('I do not care');
  await until(async () => (await chat.button('Red').count()) === 0);
});

/* ----- nobody is on ----- */

test('tells the truth when nobody is on, and takes a message to be answered by email', async () => {
  const { stub } = world;
  stub.availability = { open: false, mail: true, opensAt: '2030-01-07T13:00:00Z' };
  const chat = await visit(await someone({ timezoneId: 'America/Bogota' }));
  await chat.open();
  await chat.page.getByText(/Nobody is on right now\. We are back on Monday, January 7 at 8:00.AM\. Leave your message and we will answer by email\./).waitFor();
  await chat.button('Send message').click();
  assert.equal(await chat.page.getByText('Please fill this in.').count(), 2);
  await chat.page.getByLabel('Name').fill('Ana');
  await chat.page.getByLabel('Email').fill('ana@example.com');
  await chat.page.getByLabel('Message', { exact: true }).fill('Do you open on Sunday?');
  await chat.button('Send message').click();
  await chat.sees('Do you open on Sunday?');
  await chat.tick('Sent').waitFor();
  const [sent] = stub.messages();
  assert.equal(sent.offline, true);
  assert.deepEqual(sent.profile, { name: 'Ana', email: 'ana@example.com' });
  await chat.page.getByText(/If you leave, the answer goes to ana@example.com\./).waitFor();
  stub.changesAvailability({ open: true, mail: true });
  await until(async () => !(await chat.page.getByText(/Nobody is on/).isVisible()));
});

test('promises no mail where there is none', async () => {
  const { stub } = world;
  stub.availability = { open: false, mail: false };
  const chat = await visit(await someone(), { language: 'es' });
  await chat.open();
  await chat.page.getByText('En este momento no hay nadie. Déjanos tu mensaje; la respuesta aparecerá en este chat.').waitFor();
  await chat.page.getByLabel('Mensaje', { exact: true }).fill('¿Abren el domingo?');
  await chat.button('Enviar mensaje').click();
  await chat.sees('¿Abren el domingo?');
});

test('keeps a half-written message when somebody comes on', async () => {
  const { stub } = world;
  stub.availability = { open: false, mail: false };
  const chat = await visit(await someone());
  await chat.open();
  await until(() => stub.streams.size === 1);
  await chat.page.getByLabel('Message', { exact: true }).fill('Half of it');
  stub.changesAvailability({ open: true, mail: false });
  await until(async () => (await widget(chat).locator('.away').textContent()) === '');
  assert.equal(await chat.page.getByLabel('Message', { exact: true }).inputValue(), 'Half of it');
  await chat.button('Send message').click();
  await until(() => stub.messages().length === 1);
  assert.equal(stub.messages()[0].offline, false);
});

/* ----- the conversation by mail ----- */

test('sends the conversation by mail to the visitor who asks', async () => {
  const { stub } = world;
  stub.settings.transcript = true;
  stub.availability = { open: true, mail: true };
  const chat = await visit(await someone());
  await chat.open();
  await chat.write('Hello');
  await chat.tick('Sent').waitFor();
  assert.equal(await chat.button('Get a copy of this chat').count(), 0);
  stub.says('Hi');
  await chat.button('Get a copy of this chat').click();
  await chat.page.getByLabel('Email').fill('nobody');
  await chat.button('Send it').click();
  await chat.page.getByText('Please write an email address').waitFor();
  stub.transcriptFault = [429, 'too many', 'too-many-requests'];
  await chat.page.getByLabel('Email').fill('ana@example.com');
  await chat.button('Send it').click();
  await chat.page.getByText('Too many tries.').waitFor();
  stub.transcriptFault = undefined;
  await chat.button('Send it').click();
  await chat.page.getByText('It is on its way to ana@example.com.').waitFor();
  assert.deepEqual(stub.transcripts, [{ email: 'ana@example.com', language: 'en' }]);
  await chat.button('Back to the chat').click();
  await chat.sees('Hello', 'Hi');
});

/* ----- how it looks ----- */

test('has its own greeting, launcher, side and picture', async () => {
  const { stub } = world;
  stub.csp = false;
  Object.assign(stub.settings, { greeting: 'Welcome to Aurora', greetingText: 'Ask us anything.',
    launcher: 'Questions?', position: 'left', avatar: `${stub.api.origin}/media/avatar.png` });
  const chat = await visit(await someone());
  await chat.page.getByText('Questions?').waitFor();
  assert.ok((await chat.launcher.boundingBox()).x < 60);
  await chat.open();
  await chat.page.getByText('Welcome to Aurora').waitFor();
  await chat.page.getByText('Ask us anything.').waitFor();
  assert.ok((await chat.panel.boundingBox()).x < 60);
  await chat.page.locator('hilo-webchat .mark img').waitFor();
});

test('opens by itself from a link in a mail', async () => {
  const context = await someone();
  const page = await context.newPage();
  await page.goto(`${world.stub.page({ language: 'en' })}#hilo-chat`);
  await page.getByRole('dialog').waitFor();
});

test('says refusals in the visitor\'s language', async () => {
  const { stub } = world;
  const chat = await visit(await someone(), { language: 'pt' });
  await chat.open();
  stub.faults = [413];
  await chat.write('Longo');
  await chat.page.getByText('É longo ou grande demais.').waitFor();
});

test('stays usable above the keyboard of a small phone', async () => {
  const { stub } = world;
  stub.settings.files = FILES;
  stub.settings.prechat = [{ name: 'name', type: 'name', required: true },
    { name: 'reason', type: 'select', required: false, label: 'Reason',
      options: [{ value: 'a', label: 'A' }] },
    { name: 'terms', type: 'checkbox', required: false, label: 'I accept the terms' }];
  const context = await someone({ ...SMALL, reducedMotion: 'reduce' });
  await context.addInitScript(() => {
    // A phone's keyboard makes the visible part of the page smaller, and nothing else.
    const view = new EventTarget();
    Object.assign(view, { height: 640, offsetTop: 0 });
    Object.defineProperty(window, 'visualViewport', { value: view });
    window.keyboard = (height, offsetTop) => {
      Object.assign(view, { height: 640 - height, offsetTop });
      view.dispatchEvent(new Event('resize'));
    };
  });
  const chat = await visit(context);
  await chat.launcher.tap();
  await chat.panel.waitFor();
  const sizes = async (where) => {
    const controls = chat.page.locator(
      'hilo-webchat :is(button, select, input:not([type=file]), .tick-box label):visible');
    for (const control of await controls.all()) {
      const { width, height, x } = await control.boundingBox();
      const about = await control.evaluate((node) => ({ name: node.id || node.textContent,
        font: parseFloat(getComputedStyle(node).fontSize), tag: node.tagName, type: node.type }));
      const enough = about.type === 'checkbox' ? 24 : 44;
      assert.ok(height >= enough, `${where}: ${about.name} is ${height} high`);
      assert.ok(x >= 0 && x + width <= 360, `${where}: ${about.name} goes over the side`);
      if (/INPUT|SELECT|TEXTAREA/.test(about.tag)) {
        assert.ok(about.font >= 16, `${where}: ${about.name} would make a phone zoom in`);
      }
    }
  };
  await sizes('questions');
  await chat.page.getByLabel('Name').fill('Ana');
  await chat.button('Start chat').tap();
  await chat.field.waitFor();
  await sizes('chat');
  await chat.page.evaluate(() => window.keyboard(300, 40));
  await until(async () => {
    const panel = await chat.panel.boundingBox();
    const field = await chat.field.boundingBox();
    return panel.y === 40 && panel.height === 340 && field.y + field.height <= 380;
  });
  assert.ok(parseFloat(await chat.field.evaluate((node) => getComputedStyle(node).fontSize)) >= 16);
  assert.equal(await chat.panel.evaluate((node) => getComputedStyle(node).animationName), 'none');
});

test('keeps to a strict content security policy with files and forms', async () => {
  const { stub } = world;
  stub.settings.files = FILES;
  stub.availability = { open: false, mail: false };
  const context = await someone();
  await context.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  const chat = await visit(context);
  await chat.open();
  await chat.page.getByLabel('Message', { exact: true }).fill('Hello');
  await chat.button('Send message').click();
  await chat.tick('Sent').waitFor();
  await choose(chat, photo);
  await ready(chat, 'spot.png');
  await chat.page.locator('hilo-webchat .tray canvas').waitFor();
  await chat.button('Send').click();
  await until(() => stub.texts().length === 2);
  stub.shows([{ name: 'label.png', type: 'image/png', size: 12345 }]);
  await chat.page.locator('hilo-webchat .agent canvas').waitFor();
  stub.asks('Which?', [{ payload: 'a', title: 'This one' }]);
  await chat.button('This one').click();
  await until(() => stub.messages('choice').length === 1);
  assert.deepEqual(await chat.page.evaluate(() => window.violations), []);
  assert.deepEqual(world.errors, []);
});

for (const scheme of ['light', 'dark']) {
  test(`has no accessibility fault that axe can see in its forms, files and answers (${scheme})`, async () => {
    const { stub } = world;
    stub.csp = false;
    stub.settings.files = FILES;
    stub.settings.transcript = true;
    stub.settings.launcher = 'Questions?';
    stub.settings.prechat = [
      { name: 'order', type: 'text', required: true, label: 'Order number', pattern: '\\d+' },
      { name: 'reason', type: 'select', required: true, label: 'Reason',
        options: [{ value: 'a', label: 'A' }] },
      { name: 'terms', type: 'checkbox', required: true, label: 'I accept the terms' }];
    stub.availability = { open: false, mail: true, opensAt: '2030-01-07T13:00:00Z' };
    const chat = await visit(await someone({ colorScheme: scheme, reducedMotion: 'reduce' }),
      { language: 'en', 'page-language': 'en' });
    await chat.launcher.waitFor();
    await chat.page.evaluate(AXE);
    const faults = async (where) => {
      const { violations } = await chat.page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map((v) => `${where}: ${v.impact} ${v.id} ${
        v.nodes.map((node) => `${node.target} ${node.failureSummary}`).join('; ')}`)
        .filter((line) => /: (serious|critical|moderate) /.test(line)), []);
    };
    await faults('launcher with a text');
    await chat.open();
    await chat.button('Send message').click();
    await faults('offline form with faults');
    await chat.page.getByLabel('Email').fill('ana@example.com');
    await chat.page.getByLabel('Order number').fill('12');
    await chat.page.getByLabel('Reason').selectOption('a');
    await chat.page.getByLabel('I accept the terms').check();
    await chat.page.getByLabel('Message', { exact: true }).fill('Hello');
    await chat.button('Send message').click();
    await chat.tick('Sent').waitFor();
    stub.shows([{ name: 'label.png', type: 'image/png', size: 12345 },
      { name: 'guide.pdf', type: 'application/pdf', size: 2_345_678 }], 'Here you are');
    stub.asks('Which size?', [{ payload: 'a', title: '41' },
      { payload: 'b', title: '42', description: 'in stock' }]);
    await chat.button('41').waitFor();
    stub.holdUploads();
    await choose(chat, photo, { name: 'film.mp4', mimeType: 'video/mp4', buffer: PICTURE });
    await chat.page.locator('hilo-webchat progress').waitFor();
    await faults('files and answers');
    await chat.button('Get a copy of this chat').click();
    await faults('transcript');
  });
}
