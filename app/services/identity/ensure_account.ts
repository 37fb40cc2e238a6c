import { randomBytes } from 'node:crypto'
import { inject } from '@adonisjs/core'
import { type Secret } from '@adonisjs/core/helpers'
import { type Role } from '#core/access/role'
import { COMMAND_LINE } from '#core/access/user_edit'
import User from '#models/user'
import { CreateUser } from './create_user.js'

export interface WantedAccount {
  readonly username: string
  readonly email: string
  /** Without one a password is generated. */
  readonly password?: Secret<string>
}

export interface AccountMade {
  readonly username: string
  readonly role: Role
  /** The generated password, to be shown once; null if it was given. */
  readonly generatedPassword: string | null
}

/** Makes accounts that must be there, and leaves those that are. */
@inject()
export class EnsureAccount {
  constructor(private createUser: CreateUser) {}

  /** Null if there is an account of this name. */
  async handle(wanted: WantedAccount, role: Role): Promise<AccountMade | null> {
    const username = wanted.username.trim().toLowerCase()
    if (await User.findBy('username', username)) {
      return null
    }
    const generatedPassword = wanted.password ? null : randomBytes(18).toString('base64url')
    const password = generatedPassword ?? wanted.password!.release()
    await this.createUser.handle({ username, email: wanted.email, password, role }, COMMAND_LINE)
    return { username, role, generatedPassword }
  }

  /** Null if there is a superuser, of whatever name. */
  async firstSuperuser(wanted: WantedAccount): Promise<AccountMade | null> {
    const known = await User.query().where('role', 'superuser').first()
    return known ? null : this.handle(wanted, 'superuser')
  }
}
