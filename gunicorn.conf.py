"""What gunicorn reads by itself when it is started here: `gunicorn equity_portal.wsgi`."""

# The portal is loaded before the first worker is. Otherwise a start that the environment
# stops is tried again and again: gunicorn takes it for a worker that died.
preload_app = True
# Nobody steers the server through a socket in a home folder.
control_socket_disable = True
