import { type HttpContext } from '@adonisjs/core/http'
import { writeThemeCookie } from '#middleware/theme_cookie'
import { themeValidator } from '#validators/theme'

export default class ThemesController {
  /** Remembers in this browser which theme it shows. */
  async update({ request, response }: HttpContext) {
    const { theme } = await themeValidator.validate(request.only(['theme']))

    writeThemeCookie(response, theme)
    return response.redirect().status(303).back()
  }
}
