// Reads what the tests compare: the compose file, the application's settings, Camunda's identity as code, the models.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const text = (path) => readFileSync(join(root, path), 'utf8');

export const yaml = (path) => parse(text(path), { merge: true });

export const compose = () => yaml('docker-compose.yml');

/** The variables of the form NAME=value, comments and empty lines left out. */
export function environmentFile(path) {
  return new Map(
    text(path)
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

/** Every ${NAME...} in a text. */
export function placeholders(source) {
  return new Set([...source.matchAll(/(?<!\$)\$\{([A-Z][A-Z0-9_]*)/g)].map((match) => match[1]));
}

/** {a: {b-c: 1}} as Map {'a.b-c' => 1}. */
export function flatten(value, prefix = '', into = new Map()) {
  if (value !== null && typeof value === 'object') {
    const entries = Array.isArray(value) ? value.map((item, index) => [`[${index}]`, item]) : Object.entries(value);
    for (const [key, item] of entries) {
      const joined = key.startsWith('[') || prefix === '' ? prefix + key : `${prefix}.${key}`;
      flatten(item, joined, into);
    }
  } else {
    into.set(prefix, value);
  }
  return into;
}

const applicationPath = ['yml', 'yaml']
  .map((ending) => `workers/src/main/resources/application.${ending}`)
  .find((path) => existsSync(join(root, path)));

/**
 * The application's own settings: {source, values}, without the documents of a profile. A value of the form
 * ${NAME:default} is given as default.
 */
export function application() {
  if (applicationPath === undefined) {
    throw new Error('workers/src/main/resources/application.yml is missing');
  }
  const source = text(applicationPath);
  const values = new Map();
  for (const document of parseAllDocuments(source)) {
    const settings = document.toJS() ?? {};
    if (settings.spring?.config?.activate === undefined) {
      flatten(settings).forEach((value, key) => values.set(key, value));
    }
  }
  return { source, values, path: applicationPath };
}

/** The default in ${NAME:default}, or the value itself. */
export function resolved(value) {
  const match = /^\$\{[^:}]+:([^}]*)\}$/.exec(String(value));
  return match ? match[1] : String(value);
}

/** The environment variable that Spring binds to a property: upper case, dots to _, dashes dropped. */
export const environmentName = (property) =>
  property.replace(/\[(\d+)\]/g, '_$1').replace(/-/g, '').replace(/\./g, '_').toUpperCase();

/** The models: [{file, id, messages, jobs}]. */
export function models() {
  return readdirSync(join(root, 'processes'))
    .filter((file) => file.endsWith('.bpmn'))
    .map((file) => {
      const source = text(`processes/${file}`);
      return {
        file: relative(root, join(root, 'processes', file)),
        id: /<bpmn:process\b[^>]*\bid="([^"]+)"/.exec(source)?.[1],
        messages: [...source.matchAll(/<bpmn:message\b[^>]*\bname="([^"]+)"/g)].map((match) => match[1]),
        jobs: /<zeebe:taskDefinition\b/.test(source),
      };
    });
}

/** Files of these endings below a folder, without results and libraries; absolute paths. */
export function files(folder, endings) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((path) => !/(^|\/)(target|node_modules)\//.test(path) && endings.some((ending) => path.endsWith(ending)))
    .map((path) => join(root, folder, path));
}

/**
 * Whether a record of the application takes a setting, named as property or as variable: hilo.store.connect-timeout is
 * connectTimeout of the record with @ConfigurationProperties("hilo.store").
 */
export function bound(name) {
  const parts = /^[A-Z]/.test(name) ? name.toLowerCase().split('_') : name.replaceAll('-', '').toLowerCase().split('.');
  return files('workers/src/main/java', ['.java'])
    .map((path) => readFileSync(path, 'utf8'))
    .filter((source) => source.includes(`@ConfigurationProperties("${parts.slice(0, -1).join('.')}")`))
    .some((source) => new RegExp(`\\b${parts.at(-1)}\\b`, 'i').test(source));
}

/** The queues of the catalogue: hilo.queues, a list of ids, of objects with an id, or a map by id. */
export function queues() {
  const { values, path: settings } = application();
  const ids = new Set();
  for (const [key, value] of values) {
    const listed = /^hilo\.queues\[\d+\](\.id)?$/.exec(key);
    const mapped = /^hilo\.queues\.([a-z0-9-]+)(\.|$)/.exec(key);
    if (listed) {
      ids.add(resolved(value));
    } else if (mapped) {
      ids.add(mapped[1]);
    }
  }
  if (ids.size === 0) {
    throw new Error(`${settings}: hilo.queues is missing`);
  }
  return [...ids];
}
