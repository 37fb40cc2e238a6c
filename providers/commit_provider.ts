import { makeCommitsSure } from '#database/make_commits_sure'

/** Before anything is written. */
export default class CommitProvider {
  boot() {
    makeCommitsSure()
  }
}
