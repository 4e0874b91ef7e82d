// deploy/camunda/application.yaml: the API is protected, and identity as code refers only to what exists and gives only
// what is needed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compose, flatten, models, placeholders, queues, text, yaml } from './parts.js';

const path = 'deploy/camunda/application.yaml';
const { security } = yaml(path).camunda;
const { users, groups, roles, defaultRoles, authorizations } = security.initialization;

/** Camunda 8.8 docs, "Orchestration Cluster authorization", the types used here. */
const permissionsOf = {
  COMPONENT: ['ACCESS'],
  PROCESS_DEFINITION: [
    'CANCEL_PROCESS_INSTANCE',
    'CREATE_PROCESS_INSTANCE',
    'DELETE_PROCESS_INSTANCE',
    'MODIFY_PROCESS_INSTANCE',
    'READ_PROCESS_DEFINITION',
    'READ_PROCESS_INSTANCE',
    'READ_USER_TASK',
    'UPDATE_PROCESS_INSTANCE',
    'UPDATE_USER_TASK',
  ],
  MESSAGE: ['CREATE', 'READ'],
  RESOURCE: ['CREATE', 'READ', 'DELETE_DRD', 'DELETE_FORM', 'DELETE_PROCESS', 'DELETE_RESOURCE'],
};

const drawn = models();

const allowed = (owner, type, id) =>
  authorizations
    .filter((one) => one.ownerId === owner && one.resourceType === type && one.resourceId === id)
    .flatMap((one) => one.permissions);

test('the API and the data are protected', () => {
  assert.equal(security.authentication.method, 'basic');
  assert.equal(security.authentication.unprotectedApi, false);
  assert.equal(security.authorizations.enabled, true);
});

test('no password is written down, and compose hands in every variable', () => {
  const given = compose().services.camunda.environment;
  for (const user of users) {
    assert.match(user.password, /^\$\{[A-Z_]+\}$/, `${user.username}: expected \${NAME}`);
  }
  assert.equal(new Set(users.map((user) => user.password)).size, users.length, 'two users share a password');
  for (const name of placeholders(text(path).replace(/^\s*#.*$/gm, ''))) {
    assert.ok(name in given, `${name} is not handed to camunda in docker-compose.yml`);
  }
});

test('there is no demo user', () => {
  for (const value of flatten(security.initialization).values()) {
    assert.notEqual(value, 'demo');
  }
});

describe('members', () => {
  const names = users.map((user) => user.username);
  const groupIds = groups.map((group) => group.groupId);

  test('ids are unique', () => {
    for (const ids of [names, groupIds, roles.map((role) => role.roleId)]) {
      assert.equal(new Set(ids).size, ids.length, ids.join());
    }
  });

  test('groups and roles have members that exist', () => {
    for (const part of [...groups, ...roles, ...Object.values(defaultRoles)]) {
      for (const user of part.users ?? []) {
        assert.ok(names.includes(user), `${user} is no user`);
      }
      for (const group of part.groups ?? []) {
        assert.ok(groupIds.includes(group), `${group} is no group`);
      }
    }
  });

  test('only admins are admins', () => {
    assert.deepEqual(Object.keys(defaultRoles), ['admin']);
    assert.deepEqual(defaultRoles.admin, { users: ['admin'], groups: ['admins'] });
    assert.deepEqual(groups.find((group) => group.groupId === 'admins').users, ['admin']);
  });
});

describe('authorizations', () => {
  const owners = {
    USER: users.map((user) => user.username),
    GROUP: groups.map((group) => group.groupId),
    ROLE: roles.map((role) => role.roleId),
  };

  test('belong to somebody, name a known type and its permissions, and stand once', () => {
    const seen = new Set();
    for (const { ownerType, ownerId, resourceType, resourceId, permissions } of authorizations) {
      const name = `${ownerType} ${ownerId} ${resourceType} ${resourceId}`;
      assert.ok(owners[ownerType]?.includes(ownerId), `${name}: the owner does not exist`);
      assert.ok(resourceType in permissionsOf, `${name}: unknown resource type`);
      assert.ok(permissions.length > 0, `${name}: no permission`);
      for (const permission of permissions) {
        assert.ok(permissionsOf[resourceType].includes(permission), `${name}: ${permission} is no permission of it`);
      }
      assert.ok(!seen.has(name), `${name}: written twice`);
      seen.add(name);
    }
  });

  test('a wildcard is given for deploying only, which knows no ids', () => {
    assert.deepEqual(
      authorizations.filter((one) => one.resourceId === '*'),
      [{ ownerType: 'ROLE', ownerId: 'hilo-application', resourceType: 'RESOURCE', resourceId: '*', permissions: ['CREATE'] }],
    );
  });

  test('process ids are models, attend-<queue> a queue of the catalogue', () => {
    const ids = new Set([
      ...drawn.map((model) => model.id).filter((id) => id !== 'attend'),
      ...queues().map((queue) => `attend-${queue}`),
    ]);
    for (const { resourceType, resourceId } of authorizations) {
      if (resourceType === 'PROCESS_DEFINITION') {
        assert.ok(ids.has(resourceId), `${resourceId}: no such process; there are ${[...ids].join(', ')}`);
      }
    }
  });

  test('components are web apps', () => {
    for (const { resourceType, resourceId } of authorizations) {
      if (resourceType === 'COMPONENT') {
        assert.ok(['operate', 'tasklist', 'identity'].includes(resourceId), resourceId);
      }
    }
  });

  test('agents have Tasklist and the tasks of every queue, and no more', () => {
    const mine = authorizations.filter((one) => one.ownerId === 'agents');
    assert.deepEqual(
      mine.map((one) => `${one.resourceType} ${one.resourceId}`).sort(),
      ['COMPONENT tasklist', ...queues().map((queue) => `PROCESS_DEFINITION attend-${queue}`)].sort(),
    );
    for (const queue of queues()) {
      assert.deepEqual(allowed('agents', 'PROCESS_DEFINITION', `attend-${queue}`), [
        'READ_PROCESS_DEFINITION',
        'READ_USER_TASK',
        'UPDATE_USER_TASK',
      ]);
    }
  });

  test('supervisors see every queue and reassign in it, and change no instance', () => {
    assert.deepEqual(allowed('supervisors', 'COMPONENT', 'operate'), ['ACCESS']);
    assert.deepEqual(allowed('supervisors', 'COMPONENT', 'identity'), []);
    for (const queue of queues()) {
      assert.ok(allowed('supervisors', 'PROCESS_DEFINITION', `attend-${queue}`).includes('UPDATE_USER_TASK'));
    }
    for (const { ownerId, permissions } of authorizations) {
      if (ownerId === 'supervisors') {
        assert.ok(!permissions.some((permission) => /^(UPDATE|CANCEL|MODIFY|DELETE|CREATE)_PROCESS_INSTANCE$/.test(permission)));
      }
    }
  });

  test('Hilo may publish exactly the messages of the models', () => {
    const messages = [...new Set(drawn.flatMap((model) => model.messages))].sort();
    assert.ok(messages.length > 0, 'no model has a message');
    const mine = authorizations.filter((one) => one.resourceType === 'MESSAGE');
    assert.deepEqual(mine.map((one) => [one.ownerId, one.resourceId]).sort(),
      messages.map((name) => ['hilo-application', name]));
  });

  test('Hilo may work the jobs of every model and read the tasks of every queue', () => {
    const worked = drawn.filter((model) => model.jobs && model.id !== 'attend').map((model) => model.id);
    for (const id of [...worked, ...queues().map((queue) => `attend-${queue}`)]) {
      assert.ok(allowed('hilo-application', 'PROCESS_DEFINITION', id).includes('UPDATE_PROCESS_INSTANCE'), id);
    }
    for (const queue of queues()) {
      assert.ok(allowed('hilo-application', 'PROCESS_DEFINITION', `attend-${queue}`).includes('READ_USER_TASK'));
    }
  });
});
