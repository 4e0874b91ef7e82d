// The models and forms of the project, read once for all checks.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BpmnModdle } from 'bpmn-moddle';

/** Root folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const zeebe = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve('zeebe-bpmn-moddle/resources/zeebe.json')), 'utf8')
);

const modeler = {
  name: 'Modeler',
  prefix: 'modeler',
  uri: 'http://camunda.org/schema/modeler/1.0',
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'Definitions',
      isAbstract: true,
      extends: [ 'bpmn:Definitions' ],
      properties: [
        { name: 'executionPlatform', isAttr: true, type: 'String' },
        { name: 'executionPlatformVersion', isAttr: true, type: 'String' }
      ]
    }
  ]
};

function filesIn(folder, ending) {
  return readdirSync(join(root, folder))
    .filter(name => name.endsWith(ending))
    .sort()
    .map(name => ({ name: basename(name, ending), path: join(folder, name), text: readFileSync(join(root, folder, name), 'utf8') }));
}

/**
 * @param {string} text
 * @returns {Promise<{ definitions: object, warnings: object[] }>}
 */
export async function parseBpmn(text) {
  const { rootElement, warnings } = await new BpmnModdle({ zeebe, modeler }).fromXML(text);
  return { definitions: rootElement, warnings };
}

/** Every BPMN file: name (without ending), path, text, definitions, process, elements (flow elements at every depth) and diagram. */
export async function bpmnModels() {
  const files = filesIn('processes', '.bpmn');
  return Promise.all(files.map(async file => ({ ...file, ...(await readModel(file.text)) })));
}

/** What the rules look at in one model. */
export async function readModel(text) {
  const { definitions, warnings } = await parseBpmn(text);
  const process = definitions.rootElements.find(element => element.$type === 'bpmn:Process');
  return {
    warnings,
    definitions,
    process,
    elements: flowElements(process),
    messages: definitions.rootElements.filter(element => element.$type === 'bpmn:Message'),
    shapes: definitions.diagrams[0].plane.planeElement.filter(element => element.$type === 'bpmndi:BPMNShape'),
    edges: definitions.diagrams[0].plane.planeElement.filter(element => element.$type === 'bpmndi:BPMNEdge')
  };
}

function flowElements(scope) {
  return (scope.flowElements || []).flatMap(element => [ element, ...flowElements(element) ]);
}

/** Every DMN file: name, path, text. */
export function dmnModels() {
  return filesIn('processes', '.dmn');
}

/** Every form of one language: name, path, text, schema. */
export function forms(language) {
  return filesIn(join('forms', language), '.form').map(file => ({ ...file, schema: JSON.parse(file.text) }));
}

/** Languages agents work in: a folder each. */
export const languages = [ 'en', 'es' ];
