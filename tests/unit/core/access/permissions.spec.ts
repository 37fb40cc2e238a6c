import { test } from '@japa/runner'
import { isAllowed, isGranted, PERMISSIONS } from '#core/access/permissions'
import { ROLES } from '#core/access/role'

test.group('Permissions', () => {
  test('let a viewer read and nothing more than the own account', ({ assert }) => {
    assert.sameMembers(
      PERMISSIONS.filter((permission) => isGranted('viewer', permission)),
      ['account.manage', 'asset.read', 'source.read', 'sync.read']
    )
  })

  test('leave users, item types, webhooks and the audit to superusers', ({ assert }) => {
    const kept = PERMISSIONS.filter((permission) => !isGranted('admin', permission))

    assert.sameMembers(kept, ['asset_type.write', 'audit.read', 'user.manage', 'webhook.manage'])
  })

  test('only grow with the rank of the role', ({ assert }) => {
    for (const permission of PERMISSIONS) {
      const granted = ROLES.map((role) => isGranted(role, permission))
      assert.deepEqual(granted, [...granted].sort(), permission)
    }
  })

  test('bind a token to its abilities', ({ assert }) => {
    assert.isTrue(isAllowed(['*'], 'asset.write'))
    assert.isTrue(isAllowed(['asset.read'], 'asset.read'))
    assert.isFalse(isAllowed(['asset.read'], 'asset.write'))
    assert.isFalse(isAllowed([], 'asset.read'))
  })
})
