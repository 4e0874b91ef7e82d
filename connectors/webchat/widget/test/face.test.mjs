import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { inABrowser, someone, until, visit, world } from './chat.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true,
  deviceScaleFactor: 2 };

inABrowser();

test('is one file of less than 34 kB, gzipped', () => {
  const file = readFileSync(new URL('../hilo-webchat.js', import.meta.url));
  const size = gzipSync(file, { level: 9 }).length;
  assert.ok(size < 34_000, `${size} bytes`);
  assert.doesNotMatch(file.toString(), /\beval\(|new Function|innerHTML|insertAdjacentHTML/);
});

test('asks before the first message what the widget wants to know', async () => {
  const { stub } = world;
  stub.settings.prechat = [{ name: 'name', required: true }, { name: 'phone', required: false },
    { name: 'email', required: false }];
  const chat = await visit(await someone());
  await chat.open();
  assert.equal(await chat.button('Skip').count(), 0);
  await chat.button('Start chat').click();
  await chat.page.getByText('Please fill this in.').waitFor();
  await chat.page.getByLabel('Name').fill('Ana Ñáñez');
  await chat.page.getByLabel('Phone').fill('123');
  await chat.page.getByLabel('Email').fill('nobody');
  await chat.button('Start chat').click();
  await chat.page.getByText('Please write a phone number').waitFor();
  await chat.page.getByText('Please write an email address').waitFor();
  await chat.page.getByLabel('Phone').fill('+57 300 555 0199');
  await chat.page.getByLabel('Email').fill('ana@example.com');
  await chat.page.getByLabel('Email').press('Enter');
  await chat.write('Hello');
  await until(() => stub.messages().length === 1);
  assert.deepEqual(stub.messages()[0].profile,
    { name: 'Ana Ñáñez', phone: '+57 300 555 0199', email: 'ana@example.com' });
  await chat.page.reload();
  await chat.sees('Hello');
  assert.equal(await chat.field.isVisible(), true, 'does not ask again');
});

test('lets the visitor skip the questions when none is required', async () => {
  const { stub } = world;
  stub.settings.prechat = [{ name: 'phone', required: false }];
  const chat = await visit(await someone());
  await chat.open();
  await chat.page.getByText('(optional)').waitFor();
  await chat.button('Skip').click();
  await chat.write('Hello');
  await until(() => stub.messages().length === 1);
  assert.deepEqual(stub.messages()[0].profile, {});
});

for (const [language, open, write, send] of [
  ['en', 'Open chat', 'Write a message', 'Send'],
  ['es', 'Abrir el chat', 'Escribe un mensaje', 'Enviar'],
  ['pt', 'Abrir o chat', 'Escreva uma mensagem', 'Enviar'],
]) {
  test(`speaks ${language} when the attribute says so`, async () => {
    const chat = await visit(await someone(), { language, 'page-language': 'fr' });
    await chat.button(open).click();
    await chat.page.getByLabel(write).waitFor();
    await chat.button(send).waitFor();
    assert.equal(await chat.page.locator('hilo-webchat .hilo').getAttribute('lang'), language);
  });
}

test('has every text in every language', () => {
  const source = readFileSync(new URL('../hilo-webchat.js', import.meta.url), 'utf8');
  const texts = source.slice(source.indexOf('const TEXTS'), source.indexOf('const STYLE'));
  const keys = ['en', 'es', 'pt'].map((language) => {
    const own = texts.slice(texts.indexOf(`    ${language}: {`));
    return [...own.slice(0, own.indexOf('\n    },')).matchAll(/^ {6}(\w+):/gm)].map((m) => m[1]);
  });
  assert.ok(keys[0].length > 30);
  assert.deepEqual(keys[1], keys[0]);
  assert.deepEqual(keys[2], keys[0]);
});

test('takes the language of the page, else the browser, else the account', async () => {
  const { stub } = world;
  stub.language = 'pt';
  const page = await visit(await someone({ locale: 'en-US' }), { 'page-language': 'es-CO' });
  await page.button('Abrir el chat').waitFor();
  const browser = await visit(await someone({ locale: 'es-MX' }), {});
  await browser.button('Abrir el chat').waitFor();
  const account = await visit(await someone({ locale: 'fr-FR' }), { 'page-language': 'fr' });
  await account.button('Abrir o chat').waitFor();
});

test('can be used with the keyboard alone', async () => {
  const { stub } = world;
  stub.settings.continueOn = [{ channel: 'whatsapp', label: 'WhatsApp' }];
  const chat = await visit(await someone());
  const { keyboard } = chat.page;
  const focused = () => chat.page.evaluate(() => {
    const { activeElement } = document.querySelector('hilo-webchat').shadowRoot;
    return activeElement && (activeElement.getAttribute('aria-label') || activeElement.textContent);
  });
  await chat.launcher.waitFor();
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  assert.equal(await focused(), 'Open chat');
  await keyboard.press('Enter');
  await until(async () => (await focused()) === 'Write a message');
  await keyboard.type('Line one');
  await keyboard.press('Shift+Enter');
  await keyboard.type('line two');
  await keyboard.press('Enter');
  await chat.sees('Line one\nline two');
  assert.equal(await focused(), 'Write a message');
  await keyboard.press('Tab');
  assert.equal(await focused(), 'Send');
  await keyboard.press('Shift+Tab');
  await keyboard.press('Shift+Tab');
  assert.equal(await focused(), 'Continue on WhatsApp');
  await keyboard.press('Shift+Tab');
  assert.equal(await focused(), 'Conversation');
  await keyboard.press('Shift+Tab');
  assert.equal(await focused(), 'Close chat');
  await keyboard.press('Escape');
  await chat.panel.waitFor({ state: 'hidden' });
  assert.equal(await focused(), 'Open chat');
});

test('counts what came while it was closed, over a reload, until it is read', async () => {
  const { stub } = world;
  const context = await someone();
  const chat = await visit(context);
  await chat.open();
  await chat.write('Hello');
  await chat.tick('Sent').waitFor();
  await chat.button('Close chat').first().click();
  const one = stub.says('One');
  stub.says('Two');
  await chat.page.getByRole('button', { name: 'Open chat, 2 unread messages' }).waitFor();
  assert.equal(await chat.badge.textContent(), '2');
  await until(() => stub.stateOf(one) === 'delivered');
  await chat.page.reload();
  await chat.page.getByRole('button', { name: 'Open chat, 2 unread messages' }).waitFor();
  await chat.open();
  await until(() => stub.stateOf(one) === 'read');
  await chat.badge.waitFor({ state: 'hidden' });
  await chat.button('Close chat').first().click();
  await chat.page.reload();
  await chat.launcher.waitFor();
  await until(() => stub.streams.size === 1);
  await chat.hasCaughtUp();
  assert.equal(await chat.badge.isVisible(), false);
});

test('leads to another channel with a one-time code', async () => {
  const { stub } = world;
  stub.settings.continueOn = [{ channel: 'whatsapp', label: 'WhatsApp' }];
  const context = await someone();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const chat = await visit(context);
  await chat.open();
  await chat.write('Hello');
  await chat.tick('Sent').waitFor();
  await chat.button('Continue on WhatsApp').click();
  await chat.page.getByText('HILO-7K2M9QXP').waitFor();
  await chat.button('Copy code').click();
  await chat.page.getByText('Copied').waitFor();
  assert.equal(await chat.page.evaluate(() => navigator.clipboard.readText()), 'HILO-7K2M9QXP');
  const link = chat.page.getByRole('link', { name: 'Open WhatsApp' });
  assert.equal(await link.getAttribute('href'),
    'https://wa.me/576015550100?text=HILO-7K2M9QXP');
  assert.equal(await link.getAttribute('target'), '_blank');
  assert.match(await link.getAttribute('rel'), /noopener/);
  await chat.page.getByText(/Valid until \d/).waitFor();
  stub.proves('WhatsApp');
  await chat.page.locator('hilo-webchat .sheet').getByText('Confirmed: you can now go on in WhatsApp.')
    .waitFor();
  await chat.button('Back to the chat').click();
  await chat.page.locator('.notice').getByText('Confirmed: you can now go on in WhatsApp.').waitFor();
  assert.equal(await chat.button('Continue on WhatsApp').count(), 0);
  await chat.sees('Hello');
});

test('offers another code when one has expired', async () => {
  const { stub } = world;
  stub.settings.continueOn = [{ channel: 'whatsapp', label: 'WhatsApp' }];
  stub.proofLifetime = 300;
  const chat = await visit(await someone());
  await chat.open();
  await chat.button('Continue on WhatsApp').click();
  await chat.page.getByText('This code has expired.').waitFor();
  stub.proofLifetime = 60_000;
  await chat.button('Get a new code').click();
  await chat.page.getByText('HILO-7K2M9QXP').waitFor();
});

test('shows markup as text and links only to the web', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  await chat.write('Hello');
  await chat.tick('Sent').waitFor();
  const markup = '<img src=x onerror="window.hacked=1"><b>bold</b>';
  stub.says(markup);
  stub.says('See https://tienda.example/a?b=1, (http://x.example/y) or javascript:alert(1)');
  await chat.sees('Hello', markup,
    'See https://tienda.example/a?b=1, (http://x.example/y) or javascript:alert(1)');
  const links = await chat.page.locator('hilo-webchat .bubble a').evaluateAll((nodes) =>
    nodes.map((node) => [node.href, node.target, node.rel]));
  assert.deepEqual(links, [
    ['https://tienda.example/a?b=1', '_blank', 'noopener noreferrer nofollow'],
    ['http://x.example/y', '_blank', 'noopener noreferrer nofollow'],
  ]);
  assert.equal(await chat.page.evaluate(() => window.hacked), undefined);
  assert.equal(await chat.page.locator('hilo-webchat .bubble img').count(), 0);
});

test('counts the last letters and sends nothing that is too long', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  await chat.field.fill('a'.repeat(3990));
  await chat.page.getByText('10 characters left').waitFor();
  await chat.field.fill('a'.repeat(4003));
  await chat.page.getByText('3 characters too many').waitFor();
  await chat.field.press('Enter');
  assert.equal((await chat.field.inputValue()).length, 4003);
  await chat.field.fill('a'.repeat(4000));
  await chat.field.press('Enter');
  await until(() => stub.messages().length === 1);
  assert.equal(stub.messages()[0].text.length, 4000);
});

test('does not show itself when the server knows no such widget', async () => {
  world.stub.sessionStatus = 404;
  const chat = await visit(await someone());
  await chat.hasGivenUp();
  assert.equal(await chat.launcher.isVisible(), false);
  assert.equal(world.stub.sessions.length, 1, 'does not ask again');
});

test('does not show itself on pages that may not use it', async () => {
  world.stub.allowed = false;
  const chat = await visit(await someone());
  await until(() => world.stub.calls > 1);
  assert.equal(await chat.launcher.isVisible(), false);
});

test('appears as soon as the server can be reached for the first time', async () => {
  const { stub } = world;
  stub.mode = 'unreachable';
  const chat = await visit(await someone());
  await until(() => stub.calls > 1);
  assert.equal(await chat.launcher.isVisible(), false);
  stub.mode = 'up';
  await chat.launcher.waitFor();
});

test('takes messages of those who come back while the server cannot be reached', async () => {
  const { stub } = world;
  const context = await someone();
  const before = await visit(context);
  await before.open();
  await before.page.close();
  stub.mode = 'unreachable';
  const chat = await visit(context);
  await chat.open();
  await chat.write('Are you there?');
  await chat.sees('Are you there?');
  stub.mode = 'up';
  await chat.tick('Sent').waitFor();
  assert.deepEqual(stub.texts(), ['Are you there?']);
});

test('keeps to a strict content security policy', async () => {
  const { stub } = world;
  stub.settings.continueOn = [{ channel: 'whatsapp', label: 'WhatsApp' }];
  stub.settings.prechat = [{ name: 'name', required: false }];
  const context = await someone();
  await context.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  const chat = await visit(context);
  await chat.open();
  await chat.button('Skip').click();
  await chat.write('Hello https://tienda.example');
  await chat.tick('Sent').waitFor();
  await chat.button('Continue on WhatsApp').click();
  await chat.page.getByText('HILO-7K2M9QXP').waitFor();
  assert.deepEqual(await chat.page.evaluate(() => window.violations), []);
  assert.equal(await chat.launcher.evaluate((node) => getComputedStyle(node).backgroundColor),
    'rgb(15, 118, 110)', 'the colour of the settings is used');
  assert.deepEqual(world.errors, []);
});

for (const scheme of ['light', 'dark']) {
  test(`has no accessibility fault that axe can see (${scheme})`, async () => {
    const { stub } = world;
    stub.csp = false;
    stub.settings.prechat = [{ name: 'name', required: true }, { name: 'phone', required: false }];
    stub.settings.continueOn = [{ channel: 'whatsapp', label: 'WhatsApp' }];
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
    await faults('closed');
    await chat.open();
    await chat.button('Start chat').click();
    await faults('questions');
    await chat.page.getByLabel('Name').fill('Ana');
    await chat.button('Start chat').click();
    await faults('empty');
    await chat.write('Hello https://tienda.example');
    await chat.tick('Sent').waitFor();
    stub.says('Hi Ana, see https://tienda.example/42');
    stub.faults = [400];
    await chat.write('Refused');
    await chat.button('Edit').waitFor();
    stub.state(`in-${stub.messages()[0].clientId}`, 'read');
    await chat.tick('Read').waitFor();
    await chat.field.fill('a'.repeat(4003));
    await faults('thread');
    await chat.button('Continue on WhatsApp').click();
    await chat.page.getByText('HILO-7K2M9QXP').waitFor();
    await faults('code');
  });
}

test('stays at the end while the visitor reads there, and only there', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  await chat.write('Hello');
  await chat.tick('Sent').waitFor();
  for (let i = 0; i < 30; i++) stub.says(`Line ${i}`);
  const scroll = chat.page.locator('hilo-webchat .scroll');
  const hidden = () => scroll.evaluate((node) =>
    Math.round(node.scrollHeight - node.scrollTop - node.clientHeight));
  await until(async () => (await chat.messages.count()) === 31 && (await hidden()) < 2);
  await chat.field.fill('one\ntwo\nthree\nfour');
  await until(async () => (await hidden()) < 2);
  await scroll.evaluate((node) => new Promise((resolve) => {
    node.addEventListener('scroll', resolve, { once: true });
    node.scrollTo(0, 0);
  }));
  stub.says('The news');
  await chat.button('New messages').click();
  await until(async () => (await hidden()) < 2);
  await chat.button('New messages').waitFor({ state: 'hidden' });
});

test('announces new messages, and not those of before', async () => {
  const { stub } = world;
  const chat = await visit(await someone());
  await chat.open();
  // It is off for a second: watched from inside, because a busy machine may look too late.
  const changes = await chat.log.evaluateHandle((node) => {
    const seen = [];
    new MutationObserver(() => seen.push(node.getAttribute('aria-live')))
      .observe(node, { attributeFilter: ['aria-live'] });
    return seen;
  });
  stub.dropStreams();
  await until(async () => (await changes.jsonValue()).includes('off'));
  await chat.hasCaughtUp();
  assert.equal(await chat.log.getAttribute('aria-relevant'), 'additions');
});

test('fills the screen of a phone, with targets for fingers', async () => {
  const { stub } = world;
  stub.settings.continueOn = [{ channel: 'whatsapp', label: 'WhatsApp' }];
  const chat = await visit(await someone(PHONE));
  await chat.launcher.tap();
  await chat.panel.waitFor();
  await until(async () => {
    const box = await chat.panel.boundingBox();
    return box.x === 0 && box.y === 0 && box.width === 390 && box.height === 844;
  });
  stub.faults = [400];
  await chat.field.fill('Refused');
  await chat.button('Send').tap();
  await chat.button('Edit').waitFor();
  for (const button of await chat.page.locator('hilo-webchat button:visible').all()) {
    const { width, height } = await button.boundingBox();
    const name = await button.evaluate((node) => node.getAttribute('aria-label') || node.textContent);
    assert.ok(height >= 44 && (width >= 44 || /Edit/.test(name)), `${name}: ${width} x ${height}`);
  }
  await chat.button('Close chat').first().tap();
  await chat.launcher.waitFor();
});

test('writes dark on colours that white cannot be read on', async () => {
  world.stub.settings.colour = '#ffd54a';
  const chat = await visit(await someone());
  await chat.open();
  await until(async () => (await chat.launcher.evaluate((node) => getComputedStyle(node).color))
    === 'rgb(16, 19, 26)');
});

test('takes no colour but #rrggbb', async () => {
  world.stub.settings.colour = 'red;background:url(//evil.example)';
  const chat = await visit(await someone());
  await chat.open();
  assert.equal(await chat.launcher.evaluate((node) => getComputedStyle(node).backgroundColor),
    'rgb(67, 56, 202)');
});
