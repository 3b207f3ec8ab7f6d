# The side of the program that is judged: it runs the program's file at the top
# level, and answers calls of what the program defines; rewards/code/wire.h says
# how. Nothing here is secret or trusted: whatever it sends is an answer of the
# program's.
require "set"

module AssayHost
  CHANNEL = IO.for_fd(3, "r+b", autoclose: false)
  MAX_BYTES = 16 << 20
  MAX_NODES = 1 << 20
  MAX_DEPTH = 200
  MAX_BITS = 1 << 20
  # As it was before the program could say what class it is of.
  CLASS = Kernel.instance_method(:class)

  class << self
    def receive_bytes(count)
      data = "".b
      while data.bytesize < count
        part = CHANNEL.sysread(count - data.bytesize)
        data << part
      end
      data
    rescue EOFError
      exit!(0) # nobody listens any more
    end

    def receive
      receive_bytes(receive_bytes(4).unpack1("V"))
    end

    def send_frame(data)
      data = [data.bytesize].pack("V") + data
      data = data.byteslice(CHANNEL.syswrite(data)..) until data.empty?
    end

    def class_of(value)
      CLASS.bind_call(value)
    rescue TypeError # a BasicObject
      nil
    end

    def text(tag, data)
      tag.b << [data.bytesize].pack("V") << data.b
    end

    def put(out, count, value, depth)
      count[0] += 1
      if count[0] > MAX_NODES || depth > MAX_DEPTH || out.bytesize > MAX_BYTES
        raise RangeError, "a value that is too large, too deep or a cycle"
      end
      kind = class_of(value)
      if kind.equal?(NilClass)
        out << "N"
      elsif kind.equal?(TrueClass)
        out << "T"
      elsif kind.equal?(FalseClass)
        out << "F"
      elsif kind.equal?(Integer)
        raise RangeError, "an integer of too many digits" if value.bit_length > MAX_BITS
        out << text("i", value.to_s(16))
      elsif kind.equal?(Float)
        out << "d" << [value].pack("E")
      elsif kind.equal?(String)
        unicode = value.dup.force_encoding(Encoding::UTF_8)
        out << text(unicode.valid_encoding? ? "s" : "b", value)
      elsif kind.equal?(Array)
        out << "l" << [value.size].pack("V")
        value.each { |item| put(out, count, item, depth + 1) }
      elsif kind.equal?(Hash)
        out << "D" << [value.size].pack("V")
        value.each do |key, item|
          put_key(out, count, key, depth + 1)
          put(out, count, item, depth + 1)
        end
      elsif kind.equal?(Set)
        out << "S" << [value.size].pack("V")
        value.each { |item| put_key(out, count, item, depth + 1) }
      else
        out << "H\0\0\0\0"
      end
    end

    # Containers cannot be keys of a frame.
    def put_key(out, count, key, depth)
      kind = class_of(key)
      if [Array, Hash, Set].any? { |one| one.equal?(kind) }
        out << "H\0\0\0\0"
      else
        put(out, count, key, depth)
      end
    end

    def take(frame, count)
      data = frame.byteslice(@place, count)
      @place += count
      data
    end

    def get(frame)
      tag = take(frame, 1)
      case tag
      when "N" then return nil
      when "T" then return true
      when "F" then return false
      when "d" then return take(frame, 8).unpack1("E")
      end
      count = take(frame, 4).unpack1("V")
      case tag
      when "i" then take(frame, count).to_i(16)
      when "s" then take(frame, count).force_encoding(Encoding::UTF_8)
      when "D"
        Array.new(count) { [get(frame), get(frame)] }.to_h
      else # l and t
        Array.new(count) { get(frame) }
      end
    end

    def step(target, name, first, args, named)
      return target.public_send(name, *args, **named) unless first
      if name.match?(/\A[A-Z]/)
        found = Object.const_get(name)
        return found unless args
        return found.new(*args, **named)
      end
      if TOPLEVEL_BINDING.local_variable_defined?(name)
        found = TOPLEVEL_BINDING.local_variable_get(name)
        return args ? found.call(*args, **named) : found
      end
      TOPLEVEL_BINDING.receiver.__send__(name, *args, **named)
    end

    def answer(frame)
      @place = 1
      path, args, named = get(frame), get(frame), get(frame)
      steps = path.split(".")
      target = nil
      steps.each_with_index do |one, place|
        name = one.delete_suffix("()")
        last = place == steps.size - 1
        if place.positive? && !last && name == one && name.match?(/\A[A-Z]/)
          target = target.const_get(name)
        elsif place.positive? && !last && name != one && name.match?(/\A[A-Z]/)
          target = target.const_get(name).new
        else
          called = last ? args : (name == one ? nil : [])
          names = last ? named.transform_keys(&:to_sym) : {}
          target = step(target, name, place.zero?, called, names)
        end
      end
      out = "v".b
      put(out, [0], target, 0)
      out << "N"
    end

    def refuse(error)
      kind = class_of(error)
      name = kind.equal?(NoMemoryError) ? "MemoryError" : Module.instance_method(:name).bind_call(kind).to_s[0, 100]
      send_frame("e".b << text("s", name) << text("s", "") << text("s", ""))
    end

    def serve
      send_frame("h")
      receive
      begin
        file = ARGV[0]
        TOPLEVEL_BINDING.eval(File.read(file), file)
      rescue Exception => error
        refuse(error)
        warn(error.full_message(highlight: false))
        exit!(1)
      end
      send_frame("l")
      loop do
        frame = receive
        begin
          send_frame(answer(frame))
        rescue Exception => error
          refuse(error)
        end
      end
    end
  end
end

AssayHost.serve
