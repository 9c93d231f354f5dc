using System.IO.Compression;
using System.Text;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Tests.Intelligence.Workbench;

public sealed class Reading_tables : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tables-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a,b\n1,x\n2,y\n")]
    [InlineData("a,b\r\n1,x\r\n2,y\r\n")]
    [InlineData("\uFEFFa,b\n1,x\n2,y")] // byte order mark, no last line end
    [InlineData("a;b\n1;x\n2;y\n")]
    [InlineData("a\tb\n1\tx\n2\ty\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"x\"\n\n\"2\",\"y\"\n")] // an empty line is none
    [InlineData("a , b\n +1 , x \n2,y\n")]
    public void Every_common_dialect_is_the_same_table(string text)
    {
        var table = Read(text).Table;
        ((NumericColumn)table.Find("a")!).Values.ShouldBe([1, 2]);
        var words = (CategoryColumn)table.Find("b")!;
        new[] { words[0], words[1] }.ShouldBe(["x", "y"]);
    }

    [Fact]
    public void Quotes_hold_separators_line_breaks_and_quotes()
    {
        var words = (CategoryColumn)Read("id,note\n1,\"a, \"\"b\"\"\nc\"\n2,\"\"\n").Table.Find("note")!;
        words[0].ShouldBe("a, \"b\"\nc");
        words[1].ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("?")]
    [InlineData("null")]
    [InlineData("NaN")]
    [InlineData("#N/A")]
    public void What_exports_write_for_unknown_is_missing(string cell)
    {
        var numbers = (NumericColumn)Read($"a,b\n1,x\n{cell},y\n").Table.Find("a")!;
        double.IsNaN(numbers.Values[1]).ShouldBeTrue();
    }

    [Theory]
    //          two cells                              days since 1970 of the first
    [InlineData("2024-02-03", "2024-03-01",            19756)]
    [InlineData("3.2.2024", "31.12.2024",              19756)]
    [InlineData("3-Feb-24", "11-Dec-2024",             19756)]
    [InlineData("2/3/2024", "12/31/2024",              19756)]
    [InlineData("3/2/2024", "31/12/2024",              19756)] // one cell of the column tells the order of all
    [InlineData("2/3/2024 12:00", "12/31/2024 6:00",   19756.5)]
    public void Dates_come_in_the_forms_that_exports_write(string first, string second, double days)
    {
        var csv = Read($"d,b\n{first},1\n{second},2\n");
        csv.Kinds["d"].ShouldBe(ColumnKind.Date);
        ((NumericColumn)csv.Table.Find("d")!).Values[0].ShouldBe(days);
    }

    [Theory]
    [InlineData("\"1,234\"", 1234)]
    [InlineData("\"-1,234,567.5\"", -1234567.5)]
    [InlineData("$12.50", 12.5)]
    [InlineData("€3", 3)]
    [InlineData("12.5%", 12.5)]
    public void Numbers_may_be_dressed_as_spreadsheets_do(string cell, double number) =>
        ((NumericColumn)Read($"a,b\n{cell},x\n7,y\n").Table.Find("a")!).Values[0].ShouldBe(number);

    [Theory]
    [InlineData("\"1,23\"")]
    [InlineData("\"1,2345\"")]
    [InlineData("\",123\"")]
    [InlineData("%")]
    [InlineData("$")]
    [InlineData("32/12/2024")]
    [InlineData("1/2/3/4")]
    public void What_only_resembles_a_number_or_a_date_is_a_word(string cell) =>
        Read($"a,b\n{cell},x\n{cell},y\n").Kinds["a"].ShouldBe(ColumnKind.Words);

    [Fact]
    public void Kinds_are_decided_by_every_cell_and_not_by_the_first()
    {
        var csv = Read("n,d,w,comma\n1,2024-02-29,7,1\n-2.5e3,2024-03-01 06:00:00,008,2\n3,,x,3\n");
        csv.Kinds["n"].ShouldBe(ColumnKind.Number);
        csv.Kinds["d"].ShouldBe(ColumnKind.Date);
        csv.Kinds["w"].ShouldBe(ColumnKind.Words);
        ((CategoryColumn)csv.Table.Find("w")!)[1].ShouldBe("008"); // a code keeps its zeros
        ((NumericColumn)csv.Table.Find("d")!).Values[1].ShouldBe(19783.25);
    }

    [Fact]
    public void Behind_a_semicolon_the_comma_is_a_decimal_point() =>
        ((NumericColumn)Read("a;b\n1,5;x\n2,25;y\n").Table.Find("a")!).Values.ShouldBe([1.5, 2.25]);

    [Fact]
    public void A_gzipped_table_is_read_and_records_cross_buffers()
    {
        var path = Path.Combine(_folder, "big.csv.gz");
        using (var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
        {
            writer.Write("number,text\n");
            for (var row = 0; row < 60_000; row++)
            {
                writer.Write($"{row},\"line {row}\nsecond, \"\"line\"\" {row % 7}\"\n");
            }
        }

        var table = CsvTable.Read(path, CsvExpectations.None, CancellationToken.None).Value.Table;
        table.RowCount.ShouldBe(60_000);
        ((NumericColumn)table.Find("number")!).Values[59_999].ShouldBe(59_999);
        ((CategoryColumn)table.Find("text")!)[59_999].ShouldBe("line 59999\nsecond, \"line\" 2");
    }

    [Theory]
    //          text                                  line  what the refusal says
    [InlineData("a,b\n1,2\n1,2,3\n",                  3,    "3 fields; the header has 2")]
    [InlineData("a,b\n1,2\n1\n",                      3,    "1 fields; the header has 2")]
    [InlineData("a,b\n\"x\ny\",2\n1\n",               4,    "1 fields")]   // a quoted line break counts as a line
    [InlineData("a,b\n1,\"2\n",                       2,    "does not end")]
    [InlineData("a,b\n1,\"2\"x\n",                    2,    "text follows the closing quote")]
    [InlineData("a,a\n1,2\n",                         1,    "the column a is there twice")]
    [InlineData("a,b\n1,1e999\n",                     2,    "finite number")]
    [InlineData("a,b\n",                              2,    "no row")]
    [InlineData("",                                   1,    "empty")]
    [InlineData("a\0,b\n1,2\n",                       1,    "not text")]
    public void A_broken_table_is_refused_with_its_line(string text, long line, string reason)
    {
        var path = Write(text);
        var refused = CsvTable.Read(path, CsvExpectations.None, CancellationToken.None).Error.ShouldBeOfType<CsvRefused>();
        refused.Reason.ShouldContain(reason);
        refused.Line.ShouldBe(line);
        refused.Message.ShouldContain(path);
    }

    [Fact]
    public void Utf16_and_an_absent_file_are_refused_by_name()
    {
        var path = Path.Combine(_folder, "wide.csv");
        File.WriteAllText(path, "a,b\n1,2\n", Encoding.Unicode);
        CsvTable.Read(path, CsvExpectations.None, CancellationToken.None).Error!.Message.ShouldContain("UTF-16");
        CsvTable.Read(path + "x", CsvExpectations.None, CancellationToken.None).Error!.Message.ShouldContain("no such file");
        File.Move(path, path + ".gz");
        CsvTable.Read(path + ".gz", CsvExpectations.None, CancellationToken.None).Error!.Message.ShouldContain("not gzip");
    }

    private CsvTable Read(string text) => CsvTable.Read(Write(text), CsvExpectations.None, CancellationToken.None).Value;

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "table.csv");
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        return path;
    }
}
