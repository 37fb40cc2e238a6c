/**
 * Lets the process go on when who read its output has gone, as after `| head`: what it does matters more than what it
 * says. Any other fault of the output, such as a full disk, is said once and fails the process in the end.
 */
export function outliveReaders(): void {
  let isSaid = false
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code !== 'EPIPE' && !isSaid) {
        isSaid = true
        process.once('exit', () => (process.exitCode ||= 1))
        console.error(`laim: the output cannot be written: ${message}`)
      }
    })
  }
}
