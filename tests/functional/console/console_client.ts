import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { type ApiClient, type ApiResponse } from '@japa/api-client'
import { type Group } from '@japa/runner/core'
import { ASSET_TYPES } from '#core/assets/asset_type'
import { type Role } from '#core/access/role'
import { UserFactory } from '#database/factories/user_factory'
import type User from '#models/user'
import { type Notice } from '#transformers/console/notice'

/** Gives each test of a group an empty inventory with types and rooms, rolled back afterwards. */
export function eachWithEmptyInventory(group: Group): void {
  group.each.setup(async () => {
    const rollback = await testUtils.db().withGlobalTransaction()
    await db.table('asset_types').multiInsert(ASSET_TYPES.map(({ name, icon }) => ({ name, icon })))
    await db.table('rooms').multiInsert([{ name: '2265' }, { name: '2266' }])
    return rollback
  })
}

export interface ConsoleSession {
  readonly user: User
  get(path: string): ReturnType<ApiClient['get']>
  /** Posts a form as its page would: with the CSRF field, from `from`. Redirects are not followed. */
  post(path: string, fields: Record<string, unknown>, from?: string): ReturnType<ApiClient['post']>
}

/** A new user of the role with a session of the console. */
export async function sessionAs(client: ApiClient, role: Role): Promise<ConsoleSession> {
  const user = await UserFactory.merge({ role }).create()
  return {
    user,
    get: (path) => client.get(path).withGuard('web').loginAs(user).redirects(0).header('Accept', 'text/html'),
    post: (path, fields, from = path) =>
      client
        .post(path)
        .withGuard('web')
        .loginAs(user)
        .withCsrfToken()
        .header('Accept', 'text/html')
        .header('Referer', from)
        .redirects(0)
        .form(fields),
  }
}

/** What the next page says about the act. */
export function noticeOf(response: ApiResponse): Notice {
  return response.flashMessages().notice as unknown as Notice
}
