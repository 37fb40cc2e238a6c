import type User from '#models/user'

/** A user in the form that the guards of the framework pass around. */
export function toGuardUser(user: User) {
  return {
    getId: () => user.id,
    getOriginal: () => user,
  }
}
