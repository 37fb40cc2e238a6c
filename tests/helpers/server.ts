/** URL of a path on the server that the suite started; for requests that the api client cannot make. */
export function addressOf(path: string) {
  return new URL(path, `http://${process.env.HOST}:${process.env.PORT}`)
}
