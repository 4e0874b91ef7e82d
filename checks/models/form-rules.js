// The project's own rules for forms; findings as in rules.js.

import { CAMEL_CASE } from './rules.js';

export function keysAreCamelCase({ name, schema }, language) {
  return [
    ...(schema.id === name ? [] : [ `form id is ${schema.id}, the file is ${name}.form` ]),
    ...(name.endsWith(`-${language}`) ? [] : [ `${name} does not end with -${language}` ]),
    ...schema.components.flatMap(({ id, key }) => [
      ...(/^Field_[A-Z][A-Za-z]+$/.test(id) ? [] : [ `${id}: the id must be Field_ and words in PascalCase` ]),
      ...(key === undefined || CAMEL_CASE.test(key) ? [] : [ `${id}: key ${key} is not camelCase` ])
    ])
  ];
}

/** Two languages of one form differ in words only. */
export function formsAreTwins(ones, oneLanguage, others, otherLanguage) {
  const bare = ({ name }, language) => name.slice(0, -language.length - 1);
  const partners = new Map(others.map(form => [ bare(form, otherLanguage), form ]));
  const names = ones.map(form => bare(form, oneLanguage));

  return [
    ...ones.flatMap(form => {
      const partner = partners.get(bare(form, oneLanguage));
      return partner ? differences(form.schema, partner.schema) : [ `${form.name} has no twin in ${otherLanguage}` ];
    }),
    ...[ ...partners.keys() ].filter(name => !names.includes(name)).map(name => `${name} has no twin in ${oneLanguage}`)
  ];
}

function differences(one, other) {
  const ours = one.components.map(withoutWords);
  const theirs = other.components.map(withoutWords);
  return [
    ...ours.filter(field => !theirs.includes(field)).map(field => `only in ${one.id}: ${field}`),
    ...theirs.filter(field => !ours.includes(field)).map(field => `only in ${other.id}: ${field}`),
    ...(String(one.components.map(({ id }) => id)) === String(other.components.map(({ id }) => id)) ? [] : [ 'the fields are in another order' ])
  ];
}

/** All of a field that is not text for people. */
function withoutWords({ type, id, key, values, valuesExpression, expression, conditional, validate, content }) {
  return JSON.stringify({
    type, id, key, valuesExpression, expression, conditional, validate,
    values: values?.map(({ value }) => value),
    variables: content?.match(/{{.*?}}/g),
    style: content?.match(/<style>[\s\S]*<\/style>/)?.[0]
  });
}
