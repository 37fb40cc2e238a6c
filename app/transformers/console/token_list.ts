import { type AccessToken } from '@adonisjs/auth/access_tokens'
import { isGranted, READING } from '#core/access/permissions'
import { type Role } from '#core/access/role'
import { type PersonalToken } from '#services/identity/issue_token'
import { TOKEN_LIVES, TOKEN_REACHES } from '#validators/console_token'

const DAY_MS = 86_400_000

const REACH_WORDS: Record<(typeof TOKEN_REACHES)[number], string> = {
  read: 'Read only',
  all: 'Everything that I may do',
}

const LIFE_WORDS: Record<(typeof TOKEN_LIVES)[number], string> = {
  30: '30 days',
  90: '90 days',
  365: 'One year',
  never: 'No end',
}

/** What the form of a token offers. */
export const TOKEN_CHOICES = {
  reach: TOKEN_REACHES.map((value) => ({ value, label: REACH_WORDS[value] })),
  life: TOKEN_LIVES.map((value) => ({ value, label: LIFE_WORDS[value] })),
}

interface TokenForm {
  readonly name: string
  readonly reach: (typeof TOKEN_REACHES)[number]
  readonly life: (typeof TOKEN_LIVES)[number]
}

/** The token that a form asks for. One that only reads may read what its owner may. */
export function toWantedToken({ name, reach, life }: TokenForm, role: Role, now: Date): PersonalToken {
  return {
    name,
    abilities: reach === 'all' ? ['*'] : READING.filter((permission) => isGranted(role, permission)),
    expiresAt: life === 'never' ? null : new Date(now.getTime() + Number(life) * DAY_MS),
  }
}

/** A token as the console lists it. Times are ISO 8601. */
export function toTokenRow(token: AccessToken, now: Date) {
  return {
    id: Number(token.identifier),
    name: token.name ?? 'Without a name',
    reach: toReachText(token.abilities),
    isExpired: token.expiresAt !== null && token.expiresAt <= now,
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    createdAt: token.createdAt.toISOString(),
  }
}

function toReachText(abilities: readonly string[]): string {
  if (abilities.includes('*')) {
    return 'Everything that you may do'
  }
  if (abilities.length === 0) {
    return 'Nothing'
  }
  return abilities.every((ability) => ability.endsWith('.read')) ? 'Read only' : abilities.join(', ')
}
