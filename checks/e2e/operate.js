// What a supervisor sees in Operate: its API with the login of the browser, and its page.

import { addresses } from './stack.js';
import { until } from './wait.js';

export class Operate {
  constructor(request) {
    this.request = request;
  }

  async #search(what, filter) {
    const answer = await this.request.post(`${addresses.webapps}/v1/${what}/search`, { data: { filter, size: 500 } });
    if (!answer.ok()) {
      throw new Error(`Operate answered ${answer.status()} to a search for ${what}: ${await answer.text()}`);
    }
    return (await answer.json()).items;
  }

  async instance(key) {
    const [ found ] = await this.#search('process-instances', { key: Number(key) });
    return found;
  }

  /** The conversation that a task belongs to. */
  async conversationOf(task) {
    const attend = await until('Operate to show the agent\'s part', () => this.instance(task.processInstanceKey));
    return until('Operate to show the conversation', () => this.instance(attend.parentKey));
  }

  /** All conversations of the customer of a conversation. */
  async conversationsOfSameCustomer(conversation) {
    const [ contact ] = await until('the conversation\'s contact', async () => {
      const found = await this.#search('variables', { name: 'contactId', processInstanceKey: conversation.key });
      return found.length > 0 && found;
    });
    const theirs = await this.#search('variables', { name: 'contactId', value: contact.value });
    const keys = [ ...new Set(theirs.map(variable => variable.processInstanceKey)) ];
    const instances = await Promise.all(keys.map(key => this.instance(key)));
    return instances.filter(one => one?.bpmnProcessId === 'conversation');
  }

  /** Where an instance stands: the ids of its active elements. */
  async activeElements(key) {
    const found = await this.#search('flownode-instances', { processInstanceKey: Number(key), state: 'ACTIVE' });
    return found.map(one => one.flowNodeId);
  }

  async standsAt(key, element) {
    let active;
    await until(`instance ${key} to stand at ${element}`, async () => {
      active = await this.activeElements(key);
      return active.includes(element);
    }).catch(error => { throw new Error(`it stands at ${active}, not at ${element}`, { cause: error }); });
  }

  async isCompleted(key) {
    await until(`instance ${key} to be completed`, async () => (await this.instance(key))?.state === 'COMPLETED');
  }

  /** Every incident that came after an instant. */
  async incidentsSince(instant) {
    return (await this.#search('incidents', {})).filter(one => new Date(one.creationTime) >= instant);
  }

  /** Opens an instance's page, with its diagram. */
  async show(page, key) {
    await page.goto(`${addresses.operate}/processes/${key}`);
    await page.locator('.djs-container [data-element-id]').first().waitFor();
  }
}
