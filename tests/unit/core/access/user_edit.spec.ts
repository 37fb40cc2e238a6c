import { test } from '@japa/runner'
import { ROLES, type Role } from '#core/access/role'
import { assertMayEditUser, COMMAND_LINE } from '#core/access/user_edit'

/** Whether an actor may edit another user, and give that user a role. */
function mayEdit(actor: Role, target: Role, newRole?: Role): boolean {
  try {
    assertMayEditUser({ userId: 1, name: 'ada', role: actor }, { id: 2, role: target }, newRole)
    return true
  } catch {
    return false
  }
}

test.group('Editing users', () => {
  for (const actor of ROLES) {
    for (const target of ROLES) {
      for (const newRole of ROLES) {
        const rank = ROLES.indexOf(actor)
        const allowed = rank >= ROLES.indexOf(target) && rank >= ROLES.indexOf(newRole)

        test(`${allowed ? 'lets' : 'does not let'} ${actor} turn ${target} into ${newRole}`, ({ assert }) => {
          assert.equal(mayEdit(actor, target, newRole), allowed)
        })
      }
    }
  }

  test('lets the own role go down and never up', ({ assert }) => {
    const admin = { id: 1, userId: 1, name: 'ada', role: 'admin' as const }

    assert.doesNotThrow(() => assertMayEditUser(admin, admin, 'viewer'))
    assert.throws(() => assertMayEditUser(admin, admin, 'superuser'), /cannot grant the role superuser/)
  })

  test('lets the command line do everything', ({ assert }) => {
    assert.doesNotThrow(() => assertMayEditUser(COMMAND_LINE, { id: 2, role: 'superuser' }, 'superuser'))
  })
})
