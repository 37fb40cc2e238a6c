const OVER_FILES = '-dac_override,-dac_read_search,-fowner'

/**
 * What a command is started by, so that it may do with files no more than its user: root may else do everything with those
 * of others. Unlike another user it still reaches the application, wherever that lies. Empty where nobody is root.
 */
export const WITHOUT_POWER: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', `--bounding-set=${OVER_FILES}`, `--inh-caps=${OVER_FILES}`] : []
