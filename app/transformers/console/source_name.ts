import { ALL_SOURCES, UNDO_RUN } from '#services/sources/define_config'

const labels = new Map<string, string>()

/** Remembers how a source is written: its plugin knows, and says so when it is loaded. */
export function learnSourceLabel(name: string, label: string): void {
  labels.set(name, label)
}

/** The name of a source as people write it; its plain name until its label is known. */
export function toSourceLabel(name: string): string {
  if (name === 'manual') {
    return 'a person'
  }
  if (name === UNDO_RUN) {
    return 'Undo'
  }
  return name === ALL_SOURCES ? 'All sources' : (labels.get(name) ?? name)
}

/** Two letters for a source's mark: its first two capitals, or else its first two letters. */
export function toSourceInitials(name: string): string {
  const label = toSourceLabel(name)
  const capitals = label.replace(/[^A-Z]/g, '')
  return capitals.length > 1 ? capitals.slice(0, 2) : label.slice(0, 2)
}
