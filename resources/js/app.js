import Alpine from '@alpinejs/csp'
import { assetSearch } from './asset_search.js'
import { autoSubmit } from './auto_submit.js'
import { editConflict } from './edit_conflict.js'
import { formDialog } from './form_dialog.js'
import { keysDialog } from './keys.js'
import { liveRegion } from './live_region.js'
import { menu } from './menu.js'
import { regionForm } from './region_form.js'
import { shell } from './shell.js'
import { themeForm } from './theme_form.js'
import { tickAll } from './tick_all.js'
import { toast } from './toast.js'

/** Files that templates name by `asset()`; Vite lists in its manifest what is imported. */
import.meta.glob('../images/**', { eager: true, query: '?url' })

Alpine.data('assetSearch', assetSearch)
Alpine.data('autoSubmit', autoSubmit)
Alpine.data('editConflict', editConflict)
Alpine.data('formDialog', formDialog)
Alpine.data('keysDialog', keysDialog)
Alpine.data('liveRegion', liveRegion)
Alpine.data('menu', menu)
Alpine.data('regionForm', regionForm)
Alpine.data('shell', shell)
Alpine.data('themeForm', themeForm)
Alpine.data('tickAll', tickAll)
Alpine.data('toast', toast)

Alpine.start()
