// A visitor of the demo shop, with the chat widget.

import assert from 'node:assert/strict';
import { addresses } from './stack.js';
import { DESKTOP } from './world.js';
import { until } from './wait.js';

export class Visitor {
  constructor(page) {
    this.page = page;
    this.widget = page.locator('hilo-webchat');
    this.field = this.widget.locator('textarea');
    this.account = page.getByTestId('shop-account');
    /** Ids of answers that Hilo knows to be read. */
    this.readAnswers = new Set();
    page.on('response', response => this.#notesReceipt(response));
  }

  #notesReceipt(response) {
    const request = response.request();
    if (request.method() !== 'POST' || !response.ok() || !/\/visitors\/.*\/messages$/.test(request.url())) {
      return;
    }
    const { kind, state, messages } = request.postDataJSON();
    if (kind === 'receipt' && state === 'read') {
      messages.forEach(id => this.readAnswers.add(id));
    }
  }

  static async visit(world, { viewport = DESKTOP, locale = 'es-CO' } = {}) {
    // A loaded machine's 503 asks for a message again; the widget does it, and the stories see that nothing is lost or doubled.
    world.allow(/visitor: .*status of 503 .*\/visitors\/webchat\/shop\//);
    const page = await world.window('visitor', { viewport, locale });
    await page.goto(`${addresses.simulators}/shop`);
    return new Visitor(page);
  }

  async open() {
    await this.widget.locator('.launcher').click();
    await this.page.getByRole('dialog').waitFor();
  }

  /** Loads the page again; on a wide screen the chat opens by itself if it was open. */
  async reload() {
    await this.page.reload();
    await this.widget.locator('.launcher').waitFor({ state: 'attached' });
    await until('the chat to be there', async () => await this.field.isVisible() || await this.widget.locator('.launcher').isVisible());
    if (!await this.field.isVisible()) {
      await this.open();
    }
  }

  /** Answers the questions before the chat; none of them: skips them. */
  async introduce(answers = {}) {
    if (Object.keys(answers).length === 0) {
      await this.widget.getByRole('button', { name: 'Omitir' }).click();
    } else {
      for (const [ field, value ] of Object.entries(answers)) {
        await this.widget.locator(`input[name=${field}]`).fill(value);
      }
      await this.widget.getByRole('button', { name: 'Empezar el chat' }).click();
    }
    await this.field.waitFor();
  }

  async write(text) {
    await this.field.fill(text);
    await this.field.press('Enter');
    this.written = text;
  }

  /** Signs in to the shop, and waits until the chat knows it too. */
  async signsIn(name) {
    await this.widget.locator('.launcher').waitFor();
    await this.account.locator('summary').click();
    await this.account.getByRole('button', { name: `Entrar como ${name}` }).click();
    await this.account.getByText('El chat sabe que eres tú: la tienda lo firmó.').waitFor();
    assert.equal(await this.page.getByTestId('shop-who').textContent(), name);
    await this.account.locator('summary').click();
  }

  async signsOut() {
    await this.account.locator('summary').click();
    await this.page.getByTestId('shop-sign-out').click();
    await this.account.getByRole('button', { name: 'Entrar como Ana Rojas' }).waitFor();
    await this.account.locator('summary').click();
    await this.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await this.widget.locator('.launcher').waitFor();
  }

  async asksForTranscript(email) {
    await this.widget.getByRole('button', { name: 'Recibir una copia de esta conversación' }).click();
    await this.widget.locator('input[name=email]').fill(email);
    await this.widget.getByRole('button', { name: 'Enviar', exact: true }).click();
    await this.widget.getByText(`Va en camino a ${email}.`).waitFor();
  }

  async goesBackToTheChat() {
    await this.widget.getByRole('button', { name: 'Volver al chat' }).click();
    await this.field.waitFor();
  }

  /** Closes the page. */
  async leaves() {
    await this.page.close();
  }

  /** Every bubble from top to bottom, as `> own text` and `< agent's text`. */
  bubbles() {
    return this.widget.locator('.msg').evaluateAll(rows => rows.map(row =>
      `${row.classList.contains('agent') ? '<' : '>'} ${row.querySelector('.bubble').textContent}`));
  }

  /** Waits until the widget shows exactly this. */
  async sees(...lines) {
    let seen;
    await until('the widget', async () => {
      seen = await this.bubbles();
      return JSON.stringify(seen) === JSON.stringify(lines);
    }).catch(error => {
      throw new Error(`the widget shows ${JSON.stringify(seen)}, not ${JSON.stringify(lines)}`, { cause: error });
    });
  }

  /** Waits until Hilo has taken what was written last, and all before it. The widget draws it a moment after the key. */
  async isSent() {
    await until(`"${this.written}" to be drawn and taken`, async () =>
      (await this.bubbles()).includes(`> ${this.written}`)
      && await this.widget.locator('.tick').count() > 0
      && await this.widget.locator('.tick.pending').count() === 0);
  }

  /** Waits until Hilo knows that so many answers were read, which the widget tells it after it has shown them. */
  async hasConfirmed(answers) {
    await until(`${answers} answers to be confirmed`, () => this.readAnswers.size >= answers);
  }

  /** The same, where what was written without a connection may stand before what came meanwhile. */
  async seesInAnyOrder(...lines) {
    let seen;
    await until('the widget', async () => {
      seen = await this.bubbles();
      return JSON.stringify(seen.toSorted()) === JSON.stringify(lines.toSorted());
    }).catch(error => {
      throw new Error(`the widget shows ${JSON.stringify(seen)}, not in any order ${JSON.stringify(lines)}`, { cause: error });
    });
  }

  notice(text) {
    return this.widget.getByText(text);
  }
}
