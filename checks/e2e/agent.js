// An agent who works in Tasklist, by its pages; its API is asked only to know what to wait for.

import { addresses } from './stack.js';
import { DESKTOP } from './world.js';
import { until } from './wait.js';

/** Labels of the form in the languages it exists in. */
const ACTIONS = {
  en: { wait: 'Send and wait for the customer', resolve: 'Send and resolve' },
  es: { wait: 'Enviar y esperar al cliente', resolve: 'Enviar y resolver' }
};

export class Agent {
  constructor(world, page) {
    this.world = world;
    this.page = page;
    this.form = page.locator('.fjs-container');
    this.notice = this.form.locator('.notice');
    this.nothingToSend = this.form.getByText(/^(Nothing to send yet|Aún no hay nada que enviar)/);
    this.answer = this.form.locator('textarea[id$=Field_Answer]');
    this.replyOn = this.form.locator('.fjs-form-field-select', { has: page.locator('[id$=Field_ReplyTo]') });
    this.template = this.form.locator('.fjs-form-field-select', { has: page.locator('[id$=Field_Template]') });
  }

  static async logIn(world) {
    const page = await world.window('agent', { viewport: DESKTOP });
    // Tasklist asks who is there before anybody has logged in.
    world.allow(/(agent|supervisor): .*status of 401/);
    // The web apps ask for a font that a machine without the Internet cannot get.
    world.allow(/https:\/\/fonts\.camunda\.io\//);
    await page.goto(addresses.tasklist);
    await page.locator('input[name=username]').fill('demo');
    await page.locator('input[name=password]').fill('demo');
    await page.getByRole('button', { name: 'Login' }).click();
    await page.getByText('All open tasks').waitFor();
    return new Agent(world, page);
  }

  async #openTasks() {
    const answer = await this.page.request.post(`${addresses.webapps}/v1/tasks/search`, {
      data: { state: 'CREATED', pageSize: 200 }
    });
    return answer.json();
  }

  /** The open tasks about a customer, oldest first. */
  async tasksOf(customer) {
    return (await this.#openTasks()).filter(task => (task.context ?? '').startsWith(`${customer} · `))
      .sort((a, b) => Number(a.id) - Number(b.id));
  }

  /**
   * Waits for a task about a customer, and opens it from the list.
   *
   * @param {string} customer the name that the list shows
   * @param {object} [before] a task that was seen already
   * @param {string} [assignee] who has it; it may be listed a moment before it is assigned
   */
  async openTask(customer, before, assignee) {
    const what = `a task about ${customer}${before ? ' after the one seen' : ''}${assignee ? ` of ${assignee}` : ''}`;
    const task = await until(what, async () => (await this.tasksOf(customer)).find(found =>
      found.id !== before?.id && (!assignee || found.assignee === assignee)));
    await this.page.getByTestId(`task-${task.id}`).click();
    // Until then it is still the form of the task before.
    await this.page.waitForURL(url => url.pathname.endsWith(`/${task.id}`));
    await this.isShown();
    this.task = task;
    return task;
  }

  /** Waits for the next task about a customer, which the same agent has, and opens it. */
  async comesBack(customer, before) {
    const task = await this.openTask(customer, before, 'demo');
    await this.isMine();
    return task;
  }

  /**
   * The form is drawn before the task's variables have come; and just after the first start Tasklist may show a task before
   * it knows its form, until the page is loaded again.
   */
  async isShown() {
    await until('the form', async () => {
      const shown = await this.form.locator('.message').first().waitFor({ timeout: 30_000 }).then(() => true, () => false);
      if (!shown) {
        await this.page.reload();
      }
      return shown;
    });
  }

  async reload() {
    await this.page.reload();
    await this.isShown();
  }

  async claim() {
    await this.page.getByRole('button', { name: 'Assign to me' }).click();
    await this.isMine();
  }

  /** Waits until the form can be filled in, which is only so for the assignee. */
  async isMine() {
    await this.page.getByTestId('assignee').getByText('Assigned to me').waitFor();
    await this.form.locator('textarea[id$=Field_Answer]:not([readonly]):not([disabled])').waitFor();
  }

  /** The bubbles of the thread, from top to bottom. */
  thread() {
    return this.form.locator('.message').evaluateAll(rows => rows.map(row => {
      const text = name => row.querySelector(name)?.textContent.trim() ?? '';
      return {
        dir: [ 'in', 'out', 'note' ].find(one => row.classList.contains(one)),
        who: text('.author'), channel: text('.channel'), badge: text('.badge'), text: text('.text'),
        state: text('.state').replace(/^.*\d\d:\d\d\s*([AP]M)?\s*/, '')
      };
    }));
  }

  /** The bubbles as `channel direction text`. */
  async lines() {
    return (await this.thread()).map(one => `${one.channel} ${{ in: '>', out: '<', note: '!' }[one.dir]} ${one.text}`);
  }

  /** The customer's other names, each with its badge. */
  aliases() {
    return this.form.locator('.alias').evaluateAll(all => all.map(one => [
      one.firstChild.textContent.trim(), one.querySelector('.badge')?.textContent.trim() ?? '' ].join(' ').trim()));
  }

  /** Chooses in one of the form's selects; its list closes when the form is drawn again. */
  async choose(select, option) {
    const items = select.locator('.fjs-dropdownlist-item');
    await until(`"${option}" to be chosen`, async () => {
      if (await items.count() === 0) {
        if (await select.getByText(option).count() > 0) {
          return true;
        }
        await select.locator('.fjs-input-group, .fjs-select-display, input').first().click();
      }
      await items.filter({ hasText: option }).first().click({ timeout: 5_000 });
      return false;
    });
  }

  async language() {
    return await this.form.getByText('What next?').count() > 0 ? 'en' : 'es';
  }

  /** @param {'wait' | 'resolve'} next */
  async completes(next) {
    const label = ACTIONS[await this.language()][next];
    const { id } = this.task;
    await until(`"${label}" to be chosen`, async () => {
      await this.form.getByText(label, { exact: true }).click();
      return this.form.getByRole('radio', { name: label }).isChecked();
    });
    await this.page.getByRole('button', { name: 'Complete Task' }).click();
    await until(`task ${id} to be completed`, async () => !(await this.#openTasks()).some(task => task.id === id));
    // Tasklist goes back to the list by itself, later than its API knows.
    await this.page.waitForURL(url => !url.pathname.endsWith(`/${id}`));
  }

  /** Types into the answer's box and leaves it; the form takes a text up when its box is left. */
  async types(text) {
    await until(`"${text}" to be taken up`, async () => {
      await this.answer.fill(text);
      await this.answer.press('Tab');
      return this.nothingToSend.waitFor({ state: 'hidden', timeout: 30_000 }).then(() => true, () => false);
    });
  }

  /** Waits until the form, opened again if need be, shows what is waited for. */
  async showsWhen(what, isSo) {
    await until(what, async () => isSo(await this.thread()) || (await this.reload(), false));
  }

  /** Types an answer and completes the task. */
  async answers(text, next = 'wait') {
    await this.types(text);
    await this.completes(next);
  }
}
