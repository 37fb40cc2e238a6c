import type { ApplicationService } from '@adonisjs/core/types'
import { makeCommitsSure } from '#database/make_commits_sure'

/** Comes behind the provider of the database, before anything is written. */
export default class CommitProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const db = await this.app.container.make('lucid.db')
    makeCommitsSure(db.connection())
  }
}
