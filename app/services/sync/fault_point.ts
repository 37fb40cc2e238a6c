/** Set by tests: `name:n` or `name:n:SIGNAL`. Read nowhere but in tests. */
const [wanted, count = '1', signal = 'SIGKILL'] =
  process.env.NODE_ENV === 'test' ? (process.env.LAIM_FAULT_POINT ?? '').split(':') : []

let left = Number(count)

/** A place where a test may kill or stop this process, the n-th time that it comes by. Nothing anywhere else. */
export function faultPoint(name: string): void {
  if (name === wanted && --left === 0) {
    process.kill(process.pid, signal)
  }
}
