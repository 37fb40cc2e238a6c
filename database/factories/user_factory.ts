import factory from '@adonisjs/lucid/factories'
import User from '#models/user'

/** What every made-up user signs in with. */
export const TEST_PASSWORD = 'correct horse battery'

let made = 0

/** An active viewer. */
export const UserFactory = factory
  .define(User, () => {
    made++
    return {
      username: `person-${made}`,
      email: `person-${made}@example.org`,
      password: TEST_PASSWORD,
      role: 'viewer' as const,
      isActive: true,
      lastLoginAt: null,
    }
  })
  .state('admin', (user) => {
    user.role = 'admin'
  })
  .state('superuser', (user) => {
    user.role = 'superuser'
  })
  .state('inactive', (user) => {
    user.isActive = false
  })
  .build()
