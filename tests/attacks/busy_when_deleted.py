# Stays busy when the interpreter lets its objects go.
class Stays:
    def __del__(self):
        while True:
            pass


stays = Stays()
