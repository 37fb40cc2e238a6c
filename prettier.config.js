import adonisjs from '@adonisjs/prettier-config'

export default { ...adonisjs, printWidth: 120 }
