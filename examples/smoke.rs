use morgue::archive::*;
use morgue::plan::*;
use morgue::field::Field;
struct P; impl Progress for P { fn total(&self,_:u64){} fn done(&self){} fn writing(&self){} }
fn main(){
 let a: Vec<String> = std::env::args().collect();
 let place = Place{folder:(&a[1]).into(), index:(&a[2]).into(), settings: Default::default(), today: 20_000};
 let mut o=RefreshOptions::default(); o.threads=Some(a[3].parse().unwrap());
 let s = Archive::refresh(&place,&o,&P,&std::sync::atomic::AtomicBool::new(false)).unwrap();
 println!("{} files {} articles {} problems {} ms unchanged {} read {} undated {} {:?}", s.files,s.articles,s.problems.len(),s.millis,s.unchanged,s.read,s.undated,s.supplied_empty);
 for p in s.problems.iter().take(20) { println!("{p:?}"); }
 let ar=Archive::open(&place).unwrap();
 let w=|w:&str| Node::Text(TextNode{pattern:Pattern::Word(WordPattern{form:w.into(),exact:false}),within:None,at_least:1,boost:1.0});
 let ph=Node::Text(TextNode{pattern:Pattern::Phrase(a[4].split(' ').map(|w|Pattern::Word(WordPattern{form:w.into(),exact:false})).collect()),within:None,at_least:1,boost:1.0});
 let t=std::time::Instant::now();
 let fr=|f|FacetRequest{field:f,limit:Some(10),under:None,prefix:None,by:None,of:Unit::Articles,nested:false};
 let l=ar.search(&Plan::of(Node::And(vec![w("envoy"),w("talks")])),&Page{limit:Some(3),..Default::default()},&[fr(Field::Person),fr(Field::Place)]).unwrap();
 println!("{:?}\n{}",t.elapsed(),serde_json::to_string_pretty(&l).unwrap());
 println!("{:?}", ar.count(&Plan::of(ph),Unit::Mentions).unwrap().total);
 println!("{}", serde_json::to_string(&ar.status().unwrap()).unwrap());
}
