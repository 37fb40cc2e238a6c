import { engineProperties } from '#tests/helpers/engine_properties'

engineProperties(Number(process.env.LAIM_TEST_WORLDS ?? 60))
