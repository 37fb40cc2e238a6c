import '#start/routes/api'
import '#start/routes/api_decisions'
import '#start/routes/console'
