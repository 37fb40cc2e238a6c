import '#start/routes/api'
import '#start/routes/api_decisions'
import '#start/routes/api_exchange'
import '#start/routes/console'
