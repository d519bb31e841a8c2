"""How everything looks: formats, marks and charts as template tags. It holds no models and knows nobody."""
