/*
| A process of its own: the outside system that is read. `GET /?start=0&count=500&ports=20&edition=1` answers so many devices
| as JSON. Tells its parent its address.
*/
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { deviceAt } from './devices.js'

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
  const [start, count, ports, edition] = ['start', 'count', 'ports', 'edition'].map((name) =>
    Number(searchParams.get(name))
  ) as [number, number, number, number]
  const devices = Array.from({ length: count }, (_, offset) => deviceAt(start + offset, { ports, edition }))
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ devices }))
})

server.listen(0, '127.0.0.1', () => {
  process.send!(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
})
process.once('disconnect', () => process.exit(0))
