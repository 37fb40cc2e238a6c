import { test } from '@japa/runner'
import { undoPath } from '#transformers/console/notice'
import { openReviews } from '#tests/helpers/decide'
import { devices, eachWithWorldInApp } from '#tests/helpers/world_in_app'
import { noticeOf, sessionAs } from './console_client.js'

const SCRIPT = '<script>alert(1)</script>'

test.group('The review inbox', (group) => {
  const world = eachWithWorldInApp(group)

  /** A device of beta that carries what identifies two assets of alpha. */
  async function withQuestion() {
    await world.current.reads('alpha', [
      { id: '1', hostname: 'core-one', serial: 'SERIAL1', base: '001b213c4d01' },
      { id: '2', hostname: SCRIPT, base: '001b213c4d02', model: 'C9300' },
    ])
    await world.current.reads('beta', [{ id: '9', hostname: 'core', serial: 'SERIAL1', base: '001b213c4d02' }])
    const [review] = await openReviews()
    return review!
  }

  test('says that nothing needs a person', async ({ assert, client }) => {
    const session = await sessionAs(client, 'viewer')

    const page = (await session.get('/reviews')).text()

    assert.include(page, 'Nothing needs you')
    assert.notInclude(page, 'nav-count')
  })

  test('lists what is open and counts it in the navigation of every page', async ({ assert, client }) => {
    const review = await withQuestion()
    const session = await sessionAs(client, 'viewer')

    const list = (await session.get('/reviews')).text()
    const other = (await session.get('/runs')).text()

    assert.include(list, `href="/reviews/${review.id}"`)
    assert.include(list, 'Same device?')
    assert.notInclude(list, SCRIPT)
    assert.match(other, /nav-count">\s*1\s*<span class="sr-only">\s*open question/)
  })

  test('puts both sides with their evidence beside each other', async ({ assert, client }) => {
    const review = await withQuestion()
    const session = await sessionAs(client, 'admin')

    const page = (await session.get(`/reviews/${review.id}`)).text()

    assert.include(page, 'core-one')
    assert.include(page, '00:1B:21:3C:4D:02')
    assert.match(page, /compare-shared">\s*SERIAL1/)
    assert.match(page, /compare-differs">\s*<th scope="row">\s*Hostname/)
    assert.equal(page.match(/name="survivor"/g)?.length, 2)
    assert.equal(page.match(/name="verdict"/g)?.length, 3)
    assert.notInclude(page, SCRIPT)
  })

  test('carries out an answer, which its notice and its page take back', async ({ assert, client }) => {
    const review = await withQuestion()
    const session = await sessionAs(client, 'admin')
    const [first, second] = await world.current.assets()

    const response = await session.post(`/reviews/${review.id}`, { verdict: 'same', survivor: Number(second!.id) })

    assert.equal(response.header('location'), '/reviews')
    assert.equal(noticeOf(response).text, 'Answered: same device.')
    assert.deepEqual(
      (await world.current.assets()).map(({ id }) => id),
      [second!.id]
    )
    const answered = (await session.get(`/reviews/${review.id}`)).text()
    assert.include(answered, `action="${noticeOf(response).undo}"`)
    assert.include((await session.get('/reviews?state=resolved')).text(), `by ${session.user.username}`)

    await session.post(noticeOf(response).undo!, {}, '/reviews')

    assert.deepEqual(
      (await world.current.assets()).map(({ id }) => id),
      [first!.id, second!.id]
    )
    assert.lengthOf(await openReviews(), 1)
  })

  test('leaves a question that is put off in the list, and goes on to the next one', async ({ assert, client }) => {
    const review = await withQuestion()
    await world.current.reads('gamma', [
      { id: '1', hostname: 'twin-a', serial: 'TWIN-SERIAL-1', model: 'A' },
      { id: '2', hostname: 'twin-b', serial: 'TWIN-SERIAL-1', model: 'B' },
    ])
    const next = (await openReviews()).find(({ id }) => id !== review.id)!
    const session = await sessionAs(client, 'admin')

    const response = await session.post(`/reviews/${review.id}`, { verdict: 'later' })

    assert.equal(response.header('location'), `/reviews/${next.id}`)
    assert.isUndefined(noticeOf(response).undo)
    assert.include((await session.get('/reviews')).text(), 'put off')
    assert.lengthOf(await openReviews(), 2)
  })

  test('refuses an answer that does not fit, and a second one', async ({ assert, client }) => {
    const review = await withQuestion()
    const session = await sessionAs(client, 'admin')
    const path = `/reviews/${review.id}`

    const wrong = await session.post(path, { verdict: 'approve' })
    await session.post(path, { verdict: 'different' })
    const late = await session.post(path, { verdict: 'same' })

    assert.equal(noticeOf(wrong).kind, 'bad')
    assert.include(noticeOf(late).text, 'is not open any more')
    assert.lengthOf(await world.current.assets(), 3)
  })

  test('is nothing for a viewer to decide', async ({ assert, client }) => {
    const review = await withQuestion()
    const session = await sessionAs(client, 'viewer')

    const page = (await session.get(`/reviews/${review.id}`)).text()
    const response = await session.post(`/reviews/${review.id}`, { verdict: 'same' })

    assert.notMatch(page, /name="verdict"|name="survivor"/)
    assert.include(noticeOf(response).text, 'permission')
    assert.lengthOf(await openReviews(), 1)
  })

  test('asks whether devices that a source lists no more are gone, on the page of the run too', async ({
    assert,
    client,
  }) => {
    await world.current.reads('alpha', devices(30))
    const run = await world.current.reads('alpha', devices(15))
    const [review] = await openReviews()
    const session = await sessionAs(client, 'admin')

    const page = (await session.get(`/reviews/${review!.id}`)).text()
    const runPage = (await session.get(`/runs/${run.id}`)).text()
    const sources = (await session.get('/sources')).text()
    const answer = { verdict: 'approve', then: 'back' }
    const response = await session.post(`/reviews/${review!.id}`, answer, `/runs/${run.id}`)

    assert.include(runPage, `action="/reviews/${review!.id}"`)
    assert.include(runPage, 'no longer lists 15 of 30 devices')
    assert.include(sources, `href="/reviews/${review!.id}"`)
    assert.notInclude((await session.get(`/runs/${run.id}`)).text(), `action="/reviews/${review!.id}"`)
    assert.equal(response.header('location'), `/runs/${run.id}`)
    assert.include(page, 'Are these devices really gone?')
    assert.include(page, `href="/runs/${run.id}"`)
    assert.match(noticeOf(response).undo ?? '', new RegExp(`^${undoPath(1).replace('1', '\\d+')}$`))
  })
})
