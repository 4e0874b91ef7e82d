// What the agent's form does in a browser, with the viewers of Tasklist 8.6 and 8.8.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchBrowser } from '../render/browser.js';
import { openForm, VIEWERS } from '../render/forms.js';
import { forms, languages } from './files.js';
import { samplesOf } from '../render/render.js';

let browser;

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

const usual = samplesOf('answer-conversation-en').find(({ name }) => name === 'usual').data;

async function open(t, language, data, options) {
  const { schema } = forms(language).find(({ name }) => name === `answer-conversation-${language}`);
  const page = await openForm(browser, schema, data, options);
  t.after(() => page.close());
  return page;
}

/** Until the form has drawn what follows from the last input: form-js computes after a frame. */
const drawn = page =>
  page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));

async function choose(page, action) {
  const index = [ 'send-wait', 'send-resolve', 'wait', 'resolve' ].indexOf(action);
  await page.locator('.fjs-form-field-radio input').nth(index).check();
  await drawn(page);
}

async function submit(page) {
  await drawn(page);
  return page.evaluate(() => window.form.submit());
}

for (const version of Object.keys(VIEWERS)) {
  for (const language of languages) {
    const where = `answer-conversation-${language} in ${version}`;

    test(`${where} gives back what the agent chose and saw, and nothing else`, async t => {
      const page = await open(t, language, { ...usual, shownThrough: 41, seenThrough: 7 }, { version });
      await page.locator('textarea[id$=Field_Answer]').fill('Two mugs are kept for you.');
      await choose(page, 'send-resolve');

      const { data, errors } = await submit(page);

      assert.deepEqual(errors, {});
      assert.deepEqual(data, {
        replyTo: 'whatsapp:1000000001:14155550133',
        answer: 'Two mugs are kept for you.',
        choices: '',
        action: 'send-resolve',
        seenThrough: 41
      });
    });

    test(`${where} asks for something to send`, async t => {
      const page = await open(t, language, usual, { version });

      assert.deepEqual(Object.keys((await submit(page)).errors), [ 'Field_NothingToSend' ]);

      await choose(page, 'wait');
      assert.deepEqual((await submit(page)).errors, {});
    });

    test(`${where} starts with the kept draft`, async t => {
      const page = await open(t, language, { ...usual, answer: 'Half a sentence' }, { version });

      assert.equal(await page.locator('textarea[id$=Field_Answer]').inputValue(), 'Half a sentence');
    });

    test(`${where} says what becomes of a text that is not sent`, async t => {
      const page = await open(t, language, { ...usual, answer: 'Half a sentence' }, { version });
      const hints = () => page.locator('.fjs-form-field-text').allInnerTexts();

      assert.equal((await hints()).length, 0);
      await choose(page, 'wait');
      const kept = await hints();
      await choose(page, 'resolve');
      const lost = await hints();

      assert.equal(kept.length, 1);
      assert.equal(lost.length, 1);
      assert.notEqual(kept[0], lost[0]);
    });

    test(`${where} offers templates only while free text is closed`, async t => {
      const templates = [ { label: 'Hello {{1}}', value: 'follow_up:en' } ];
      const selects = page => page.locator('.fjs-form-field-select').count();

      const opened = await open(t, language, { ...usual, templates }, { version });
      assert.equal(await selects(opened), 1);
      assert.equal(await opened.locator('.closed').count(), 0);

      const closed = await open(t, language, { ...usual, templates, windowClosed: true }, { version });
      assert.equal(await selects(closed), 2);
      assert.equal(await closed.locator('.closed').count(), 1);
      await closed.locator('.fjs-form-field-select .fjs-input-group').nth(1).click();
      await closed.getByText('Hello {{1}}').click();
      assert.deepEqual((await submit(closed)).errors, {});
      assert.equal((await submit(closed)).data.template, 'follow_up:en');
    });

    test(`${where} links the files that can be opened and names the others`, async t => {
      const files = [
        { label: '📎 <b>bill</b>.pdf', url: 'http://localhost:8090/inbox/media/1' },
        { label: '📎 film.mp4 · too large', url: '' }
      ];
      const filesPage = 'http://localhost:8090/inbox/conversations/conversation-1';
      const page = await open(t, language, { ...usual, files, filesPage }, { version });

      assert.deepEqual(
        await page.locator('.files a').evaluateAll(links => links.map(link => [ link.href, link.innerText ])),
        [ [ files[0].url, files[0].label ] ]
      );
      assert.equal(await page.getByText('film.mp4').isVisible(), true);
      assert.equal(await page.locator(`a[href="${filesPage}"]`).count(), 1);

      const none = await open(t, language, { ...usual, files: [], filesPage: '' }, { version });
      assert.equal(await none.locator('.files').count(), 0);
      assert.equal(await none.locator('a[href*="/inbox/"]').count(), 0);
    });

    test(`${where} lets the agent react where the channel has reactions`, async t => {
      const reactions = [ { label: '👍', value: '👍' } ];
      const page = await open(t, language, { ...usual, reactions }, { version });
      await page.locator('.fjs-form-field-select .fjs-input-group').nth(1).click();
      await page.getByText('👍').click();

      const { data, errors } = await submit(page);

      assert.deepEqual(errors, {});
      assert.equal(data.reaction, '👍');
    });

    test(`${where} gives back the answers to tap as they were written`, async t => {
      const page = await open(t, language, usual, { version });
      await page.locator('textarea[id$=Field_Answer]').fill('Which size?');
      await page.locator('textarea[id$=Field_Choices]').fill('38\n39');
      await choose(page, 'send-resolve');

      assert.equal((await submit(page)).data.choices, '38\n39');
    });

    test(`${where} shows a notice only when there is one`, async t => {
      const quiet = await open(t, language, { ...usual, notice: '' }, { version });
      const { notice, ...without } = usual;
      const absent = await open(t, language, without, { version });
      const loud = await open(t, language, { ...usual, notice: 'Nothing was sent.' }, { version });

      assert.equal(await quiet.locator('.notice').count(), 0);
      assert.equal(await absent.locator('.notice').count(), 0);
      assert.equal(await loud.locator('.notice').innerText(), 'Nothing was sent.');
    });

    test(`${where} shows what a customer writes as text`, async t => {
      const text = '<img src=x onerror="window.hurt = true"><script>window.hurt = true</script> {{customerName}} & "you"';
      const thread = [ { dir: 'in', who: '<b>Ann</b>', channel: 'Webchat', at: '09:00', text, ticks: '', badge: '' } ];
      const page = await open(t, language, { ...usual, thread, customerName: '<b>Ann</b>' }, { version });

      assert.equal(await page.locator('.text').innerText(), text);
      assert.equal(await page.locator('.author').innerText(), '<b>Ann</b>');
      assert.equal(await page.locator('.name').innerText(), '<b>Ann</b>');
      assert.equal(await page.evaluate(() => window.hurt), undefined);
    });

    for (const { name, data } of samplesOf(`answer-conversation-${language}`)) {
      for (const width of [ 'wide', 'narrow' ]) {
        test(`${where} has room for the sample "${name}", ${width}`, async t => {
          const page = await open(t, language, data, { version, width });

          const { overflowing, newest, box } = await page.evaluate(() => ({
            overflowing: [ ...document.querySelectorAll('.fjs-container *') ]
              .filter(element => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
              .filter(element => element.matches('.thread, .thread *, .who, .aliases, .notice, .closed'))
              .map(element => element.className),
            newest: [ ...document.querySelectorAll('.message') ].at(-1).getBoundingClientRect().bottom,
            box: document.querySelector('.thread').getBoundingClientRect().bottom
          }));

          assert.deepEqual(overflowing, []);
          assert.ok(newest <= box, 'the newest message is not in sight');
        });
      }
    }
  }
}
