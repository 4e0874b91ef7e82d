// The project's own rules for models. Each takes a model as files.js reads it and returns findings: one sentence each.

import { is } from 'bpmnlint-utils';

const PREFIXES = [
  [ 'bpmn:SequenceFlow', 'Flow_' ],
  [ 'bpmn:Gateway', 'Gateway_' ],
  [ 'bpmn:StartEvent', 'StartEvent_' ],
  [ 'bpmn:EndEvent', 'EndEvent_' ],
  [ 'bpmn:BoundaryEvent', 'BoundaryEvent_' ],
  [ 'bpmn:IntermediateCatchEvent', 'CatchEvent_' ],
  [ 'bpmn:IntermediateThrowEvent', 'ThrowEvent_' ],
  [ 'bpmn:CallActivity', 'Task_' ],
  [ 'bpmn:SubProcess', 'Subprocess_' ],
  [ 'bpmn:Activity', 'Task_' ]
];

/** Kind_Name in words, as Modeler never generates it (Activity_0x1f2a3). */
const READABLE = /^[A-Z][a-zA-Z]*_[A-Z][a-z]+([A-Z]?[a-z]+|[A-Z])*$/;

const CAMEL_CASE = /^[a-z][a-zA-Z0-9]*$/;

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export function idsTellTheKind({ elements, messages }) {
  return [
    ...elements.flatMap(element => {
      const [ , prefix ] = PREFIXES.find(([ type ]) => is(element, type)) || [ null, null ];
      return prefix ? badId(element.id, prefix) : [ `${element.id}: no rule for the id of a ${element.$type}` ];
    }),
    ...messages.flatMap(message => badId(message.id, 'Message_'))
  ];
}

function badId(id, prefix) {
  if (!id.startsWith(prefix)) {
    return [ `${id}: the id must start with ${prefix}` ];
  }
  return READABLE.test(id) ? [] : [ `${id}: the id must be ${prefix} and words in PascalCase, not a generated one` ];
}

export function fileIsNamedAsTheProcess({ name, process }) {
  return [
    ...(process.id === name ? [] : [ `process id is ${process.id}, the file is ${name}.bpmn` ]),
    ...(KEBAB_CASE.test(process.id) ? [] : [ `process id ${process.id} is not kebab-case` ]),
    ...(process.name ? [] : [ 'the process has no name' ]),
    ...(process.documentation?.length ? [] : [ 'the process does not say its story (documentation)' ])
  ];
}

/** Joining gateways and flows that are not an answer carry no label on purpose; everything else must. */
export function everythingIsNamed({ elements }) {
  return elements
    .filter(element => !element.name && needsName(element))
    .map(element => `${element.id} has no name`);
}

function needsName(element) {
  if (is(element, 'bpmn:SequenceFlow')) {
    return asksQuestion(element.sourceRef);
  }
  return is(element, 'bpmn:Gateway') ? element.outgoing.length > 1 : true;
}

function asksQuestion(element) {
  return is(element, 'bpmn:Gateway') && !is(element, 'bpmn:EventBasedGateway') && element.outgoing.length > 1;
}

export function gatewaysAskQuestions({ elements }) {
  return elements
    .filter(element => is(element, 'bpmn:Gateway') && element.outgoing.length > 1 && !element.name?.endsWith('?'))
    .map(element => `${element.id}: "${element.name}" is not a question`);
}

/** A condition that is nowhere true must not be an incident. */
export function gatewaysHaveADefault({ elements }) {
  return elements
    .filter(element => is(element, 'bpmn:ExclusiveGateway') && element.outgoing.length > 1 && !element.default)
    .map(element => `${element.id} has no default flow`);
}

/**
 * @param {Record<string, string>} reasons by element id: why a wait may last for ever
 */
export function everyWaitHasATimer({ elements }, reasons) {
  const waits = elements.filter(isWait);
  return [
    ...waits
      .filter(element => !(element.id in reasons) && !hasTimer(element, elements))
      .map(element => `${element.id} waits without a timer: add one, or a reason`),
    ...Object.keys(reasons)
      .filter(id => !waits.some(element => element.id === id))
      .map(id => `${id} is listed with a reason, but does not wait`)
  ];
}

function isWait(element) {
  return is(element, 'bpmn:UserTask') || is(element, 'bpmn:ReceiveTask') || is(element, 'bpmn:CallActivity') ||
    is(element, 'bpmn:EventBasedGateway') ||
    is(element, 'bpmn:IntermediateCatchEvent') && !isTimer(element) && !is(element.incoming[0].sourceRef, 'bpmn:EventBasedGateway');
}

function hasTimer(element, elements) {
  return is(element, 'bpmn:EventBasedGateway')
    ? element.outgoing.some(flow => isTimer(flow.targetRef))
    : elements.some(other => other.attachedToRef === element && isTimer(other) && other.cancelActivity !== false);
}

function isTimer(element) {
  return element.eventDefinitions?.some(definition => is(definition, 'bpmn:TimerEventDefinition'));
}

export function jobsAreKebabCaseWithRetries({ elements }) {
  return elements.flatMap(element => extensions(element, 'zeebe:TaskDefinition').flatMap(job => [
    ...(KEBAB_CASE.test(job.type) ? [] : [ `${element.id}: job type ${job.type} is not kebab-case` ]),
    ...(job.retries === '10' ? [] : [ `${element.id}: ${job.retries ?? 'no'} retries, not 10` ])
  ]));
}

export function messagesAreKebabCase({ messages }) {
  return messages
    .filter(message => !KEBAB_CASE.test(message.name))
    .map(message => `${message.id}: message name ${message.name} is not kebab-case`);
}

export function variablesAreCamelCase({ elements }) {
  return elements.flatMap(element => extensions(element, 'zeebe:IoMapping')
    .flatMap(mapping => [ ...(mapping.inputParameters || []), ...(mapping.outputParameters || []) ])
    .filter(parameter => !CAMEL_CASE.test(parameter.target))
    .map(parameter => `${element.id}: variable ${parameter.target} is not camelCase`));
}

function extensions(element, type) {
  return (element.extensionElements?.values || []).filter(value => is(value, type));
}

export { CAMEL_CASE, KEBAB_CASE };
