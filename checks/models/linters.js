// The linters, set up once.

import { createRequire } from 'node:module';
import { Linter as BpmnLinter } from 'bpmnlint';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';
import { Linter as DmnLinter } from 'dmnlint';
import DmnNodeResolver from 'dmnlint/lib/resolver/node-resolver.js';
import { DmnModdle } from 'dmn-moddle';
import { bundle } from '../render/bundle.js';

/** Camunda versions a model must run on, as Modeler names the rule sets. */
export const ENGINES = [ '8.6', '8.7', '8.8', '8.9' ];

/** The linter of forms knows no later version yet; for an unknown one it would say nothing. */
export const FORM_ENGINES = [ '8.6', '8.7', '8.8' ];

const require = createRequire(import.meta.url);

/** Findings of bpmnlint's recommended rules and of Camunda's rules for the engine, warnings included. */
export async function lintBpmn(definitions, engine) {
  const linter = new BpmnLinter({
    config: {
      extends: [ 'bpmnlint:recommended', `plugin:camunda-compat/camunda-cloud-${engine.replace('.', '-')}` ]
    },
    resolver: new NodeResolver({ require })
  });
  return findingsOf(await linter.lint(definitions));
}

/** Findings of dmnlint's recommended rules. */
export async function lintDmn(text) {
  const { rootElement } = await new DmnModdle().fromXML(text);
  const linter = new DmnLinter({
    config: { extends: 'dmnlint:recommended' },
    resolver: new DmnNodeResolver({ require })
  });
  return findingsOf(await linter.lint(rootElement));
}

let formLinting;

/** The form linter's module, bundled once: its modules name each other without endings, which only a bundler resolves. */
function formLinter() {
  formLinting ??= bundle(`export { FormLinter } from '@camunda/form-linting';`, { format: 'esm' })
    .then(code => import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`));
  return formLinting;
}

/** Findings of Camunda's form linter. */
export async function lintForm(schema, engine) {
  const { FormLinter } = await formLinter();
  return new FormLinter()
    .lint({ ...schema, executionPlatformVersion: `${engine}.0` })
    .map(({ id, message }) => `${id}: ${message}`);
}

function findingsOf(results) {
  return Object.entries(results).flatMap(([ rule, reports ]) =>
    reports.map(({ id, message, category }) => `${category} ${id}: ${message} (${rule})`));
}
