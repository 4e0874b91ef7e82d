// The other channels, each with an agent in Tasklist: Messenger, Instagram, email; and the channels page.

import assert from 'node:assert/strict';
import { Agent } from './agent.js';
import { DirectCustomer } from './direct.js';
import { MailCustomer } from './mail.js';
import { addresses } from './stack.js';
import { until } from './wait.js';
import { DESKTOP, RUN, story } from './world.js';

/** The smallest picture there is: one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

async function logIn(world, path) {
  const page = await world.window('supervisor', { viewport: DESKTOP, locale: 'es-CO' });
  world.allow(/supervisor: .*(favicon|status of 404)/);
  await page.goto(`${addresses.hilo}${path}`);
  await page.locator('input[name=username]').fill('demo');
  await page.locator('input[name=password]').fill('demo');
  await page.locator('button[type=submit]').click();
  await page.waitForURL(url => url.pathname === path);
  return page;
}

export function channelStories() {
  for (const [ app, label ] of [ [ 'messenger', 'Messenger' ], [ 'instagram', 'Instagram' ] ]) {
    story(app, `a customer and an agent talk on ${label}, with pictures both ways`, async world => {
      const name = `${app === 'messenger' ? 'Mara' : 'Inés'} Vela ${RUN}`;
      const customer = await DirectCustomer.meet(world, app, name);
      await customer.write('Hola, ¿tienen esta en azul?');
      const agent = await Agent.logIn(world);
      const first = await agent.openTask(name);
      assert.deepEqual(await agent.lines(), [ `${label} > Hola, ¿tienen esta en azul?` ]);
      await agent.claim();
      await customer.sendsPicture('lampara.png', PIXEL);
      await until('the picture in the task', async () =>
        (await agent.lines()).length === 2 || (await agent.reload(), false));
      const link = agent.form.locator('.files a').first();
      await link.waitFor();
      await world.picture(agent.page, 'picture');

      // The picture opens in Hilo, for who may see it, and only as a download.
      const href = await link.getAttribute('href');
      const stranger = await fetch(href, { redirect: 'manual' });
      assert.ok([ 302, 401, 403, 404 ].includes(stranger.status), `without a login: ${stranger.status}`);
      const conversation = await agent.form.locator('a[href*="/inbox/conversations/"]').getAttribute('href');
      const files = await logIn(world, new URL(conversation).pathname);
      await until('the picture to be here', async () => {
        await files.goto(conversation);
        return await files.locator('section[aria-labelledby=all] a').count() === 1;
      });
      const answer = await files.context().request.get(href);
      assert.equal(answer.status(), 200);
      assert.match(answer.headers()['content-disposition'], /^attachment/);

      // One for the customer.
      await files.setInputFiles('input[type=file]', { name: 'azul.png', mimeType: 'image/png', buffer: PIXEL });
      await files.locator('.add button').click();
      await files.locator('section[aria-labelledby=drafts] .files a').waitFor();
      await world.picture(files, 'files');
      await agent.isMine();
      await agent.answers('Sí, así se ve.', 'resolve');
      await customer.gets('Sí, así se ve.');
      await customer.bubblesIn.locator('img').first().waitFor();
      await world.picture(customer.page, 'answered');
      assert.ok(first.id);
    });
  }

  story('email', 'a customer and an agent write mails, with a file and the thread kept together', async world => {
    const name = `Elena Mora ${RUN}`;
    const customer = await MailCustomer.open(world, `elena${RUN}@example.com`, name);
    await customer.writes('ayuda@tienda-aurora.example', `Pedido ${RUN}`, 'Hola, ¿cuándo llega mi pedido?',
      [ { name: 'factura.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') } ]);
    const agent = await Agent.logIn(world);
    const first = await agent.openTask(name);
    const [ mail ] = await agent.thread();
    assert.match(mail.text, new RegExp(`Pedido ${RUN}`));
    assert.match(mail.text, /¿cuándo llega mi pedido\?/);
    await agent.form.locator('.files').getByText('factura.pdf').waitFor();
    await world.picture(agent.page, 'task');
    await agent.claim();
    await agent.answers('Hola, Elena. Llega mañana antes de las seis.');

    await customer.reads(`Re: Pedido ${RUN}`, /Llega mañana antes de las seis\./);
    await world.picture(customer.page, 'answered');
    await customer.answers('Perfecto, gracias.');
    await agent.comesBack(name, first);
    const lines = await agent.thread();
    assert.equal(lines.length, 3, JSON.stringify(lines));
    assert.match(lines[2].text, /Perfecto, gracias\.$/, 'what was quoted is not shown again');
    await agent.answers('A ti.', 'resolve');
    await customer.reads(`Re: Pedido ${RUN}`, /A ti\./);
  });

  story('channels', 'a supervisor sees how every account is', async world => {
    const page = await logIn(world, '/inbox/channels');
    await page.locator('.card').first().waitFor();
    for (const channel of [ 'whatsapp', 'messenger', 'instagram', 'email', 'webchat' ]) {
      assert.ok(await page.locator(`.card[data-channel=${channel}]`).count() > 0, channel);
    }
    await until('all mailboxes to be connected', async () => {
      await page.reload();
      return await page.locator('.card.good[data-channel=email]').count() === 2;
    });
    await world.picture(page, 'accounts');
  });
}
