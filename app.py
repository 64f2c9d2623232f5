"""The app, for `streamlit run app.py` and any ASGI server. Most people start it with `python3 run.py`."""

from streamlit import App

from coach.ui import server

app = App(**server.options())
