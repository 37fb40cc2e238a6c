import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { AddRoom } from '#services/inventory/add_room'
import { ListRooms } from '#services/inventory/list_rooms'
import { toActor } from '#transformers/actor'
import { roomShape } from '#transformers/named_transformer'
import { pageOfShortList } from '#transformers/short_list'
import { nameValidator } from '#validators/name'
import { pageValidator } from '#validators/paging'

@inject()
export default class RoomsController {
  constructor(
    private listRooms: ListRooms,
    private addRoom: AddRoom
  ) {}

  /** Every room, by name. */
  async index(ctx: HttpContext) {
    const paging = await pageValidator.validate(ctx.request.qs())

    const rows = await this.listRooms.handle()
    return pageOfShortList(ctx, { name: 'rooms', rows, idOf: (room) => room.id }, paging).map(roomShape.toJson)
  }

  /** Adds a room. */
  async store(ctx: HttpContext) {
    const { name } = await nameValidator.validate(ctx.request.body())

    const room = await this.addRoom.handle(name, toActor(ctx))
    ctx.response.status(201)
    return roomShape.toJson(room)
  }
}
