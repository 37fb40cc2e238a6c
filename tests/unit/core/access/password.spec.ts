import { test } from '@japa/runner'
import { findPasswordFault } from '#core/access/password'

const rules = { username: 'ada', production: true }

test.group('Passwords', () => {
  test('are refused when short, endless, the username, or printed in old documentation', ({ assert }) => {
    const ruleOf = (password: string, username = 'ada') =>
      findPasswordFault(password, 'password', { ...rules, username })?.rule

    assert.equal(ruleOf('elevenchars'), 'minLength')
    assert.equal(ruleOf('x'.repeat(257)), 'maxLength')
    assert.equal(ruleOf('ada.lovelace.1815', 'Ada.Lovelace.1815'), 'notUsername')
    assert.equal(ruleOf('SuperAdmin123!'), 'documentedDefault')
    assert.equal(ruleOf('Admin123!'), 'documentedDefault')
  })

  test('need no digits, capitals or signs', ({ assert }) => {
    assert.isNull(findPasswordFault('correct horse battery', 'password', rules))
  })

  test('may be the old default outside production', ({ assert }) => {
    assert.isNull(findPasswordFault('SuperAdmin123!', 'password', { ...rules, production: false }))
  })

  test('are named as the field they came in', ({ assert }) => {
    assert.equal(findPasswordFault('short', 'new_password', rules)?.field, 'new_password')
  })
})
