# Changes what it is: after it was answered, by attribute, and by class.
class Base:
    pass


class Shifting(Base):
    asked = 0

    def __getattribute__(self, name):
        Shifting.asked += 1
        return self if Shifting.asked % 2 else 777777

    def __setattr__(self, name, value):
        pass

    def __call__(self, *args, **kwargs):
        self.__class__ = Base
        return self

    def __getitem__(self, key):
        return self

    def __instancecheck__(self, other):
        return True

    def __iter__(self):
        while True:
            yield self


def add(a, b):
    return Shifting()


print(add(0, 0))
