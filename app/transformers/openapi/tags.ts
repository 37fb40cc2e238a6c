import { type Operation } from './operation.js'

/** What the operations are about whose path begins with each word, in the order of the document. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  'openapi.json': 'This document.',
  'login': 'Signing in.',
  'logout': 'Signing out.',
  'me': 'The own account.',
  'tokens': 'Personal tokens, for scripts.',
  'items': 'The inventory: items, why they are what they are, their pins and their history.',
  'changes': 'What was changed, as a feed and as change sets that can be taken back.',
  'stats': 'Counts of the inventory.',
  'item-types': 'What an item can be.',
  'rooms': 'Where an item can stand.',
  'sources': 'The systems that items are read from.',
  'sync': 'Reading the sources: syncs, plans, and approving them.',
  'audit': 'Who did what beside changing items.',
  'users': 'Accounts and their roles.',
  'reviews': 'What needs a person.',
  'pins': 'Values of people that hold back what a source says.',
  'tombstones': 'What was deleted on purpose and stays away.',
  'export': 'The inventory as a file.',
  'import': 'Items from a file.',
  'webhooks': 'Whom changes and syncs are told.',
  'deliveries': 'What was told to a webhook.',
}

/** The first word of its path. */
export function toTag({ path }: Operation): string {
  return path.split('/')[2]!
}

/** Every tag that these operations have, with what it is about. */
export function toTags(operations: readonly Operation[]) {
  return [...new Set(operations.map(toTag))].map((name) => ({ name, description: DESCRIPTIONS[name] }))
}
