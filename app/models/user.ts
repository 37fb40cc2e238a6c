import { type AccessToken } from '@adonisjs/auth/access_tokens'
import { withAuthFinder } from '@adonisjs/auth/mixins/lucid'
import { compose } from '@adonisjs/core/helpers'
import hash from '@adonisjs/core/services/hash'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { type DateTime } from 'luxon'
import { type Role } from '#core/access/role'
import { timeColumn } from '#models/time_column'

/** Finds the account by its username and hashes the password on saving. */
const AuthFinder = withAuthFinder(() => hash.use(), { uids: ['username'], passwordColumnName: 'password' })

/** A person (or a script of a person) who may sign in. Username and e-mail address are stored in lower case. */
export default class User extends compose(BaseModel, AuthFinder) {
  @column({ isPrimary: true })
  declare id: number

  @column()
  declare username: string

  @column()
  declare email: string

  @column({ serializeAs: null })
  declare password: string

  @column()
  declare role: Role

  @column({ consume: Boolean })
  declare isActive: boolean

  @timeColumn()
  declare lastLoginAt: DateTime | null

  @timeColumn({ autoCreate: true })
  declare createdAt: DateTime

  @timeColumn({ autoCreate: true, autoUpdate: true })
  declare updatedAt: DateTime | null

  /** The token of the current request, if a token authenticated it. */
  declare currentAccessToken?: AccessToken
}
