"""What stands around every page: navigation, theme, assets. In a folder of its own, or Streamlit would take `pages/` for its own."""
