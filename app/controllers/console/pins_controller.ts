import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ListPins } from '#services/inventory/list_pins'
import { ReleasePins } from '#services/inventory/release_pins'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { toActor } from '#transformers/actor'
import { flashNotice, toManyReleasedNotice } from '#transformers/console/notice'
import {
  PINS_PER_PAGE,
  pinsUrl,
  readPin,
  readPinQuery,
  readPlace,
  toPinFilter,
  toPinList,
} from '#transformers/console/pin_list'
import { releasePinsValidator } from '#validators/console_pin'

@inject()
export default class PinsController {
  constructor(
    private listPins: ListPins,
    private releasePins: ReleasePins,
    private sources: ConfiguredSources
  ) {}

  /** What people pinned of what sources feed, at first only what holds a source back. */
  async index({ request, view }: HttpContext) {
    const query = readPinQuery(request.qs())

    const filter = toPinFilter(query)
    const after = readPlace(request.qs().after)
    const pins = await this.listPins.handle({ ...filter, limit: PINS_PER_PAGE, after })
    const total = await this.listPins.count(filter)
    return view.render('pages/pins/index', {
      list: toPinList(pins, total, query, this.sources.list(), after !== undefined),
    })
  }

  /** Releases one pin, those ticked, or all that the filter means. */
  async destroy(ctx: HttpContext) {
    const { request, response, session } = ctx
    const { scope, only, pins = [], ...query } = await releasePinsValidator.validate(request.except(['_csrf']))

    const redirect = response.redirect().status(303)
    const chosen = only === undefined ? pins : [only]
    if (scope !== 'matching' && chosen.length === 0) {
      flashNotice(session, { text: 'Tick the pins to release first.', kind: 'bad' })
      return redirect.toPath(pinsUrl(query))
    }
    const outcome =
      scope === 'matching'
        ? await this.releasePins.matching(toPinFilter(query), toActor(ctx))
        : await this.releasePins.handle(chosen.map(readPin), toActor(ctx))
    flashNotice(session, toManyReleasedNotice(outcome))
    return redirect.toPath(pinsUrl(query))
  }
}
